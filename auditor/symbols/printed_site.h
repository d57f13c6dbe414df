/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A call site as it was printed or traced, and what it is resolved to.
 */
#ifndef SYMBOLS_PRINTED_SITE_H
#define SYMBOLS_PRINTED_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/name_numbers.h"
#include "model/site.h"
#include "model/symbol_map.h"
#include "support/err.h"

struct resolver;

#endif
