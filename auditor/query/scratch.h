/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Temporary tables of the program's own, for reports that read what SQL alone
 * could not find out.  Statements may only read else (query/database.h).
 */
#ifndef QUERY_SCRATCH_H
#define QUERY_SCRATCH_H

#include <stdbool.h>

#include "query/database.h"
#include "support/err.h"

/* Lifts that, or restores it: also after an error between. */
int scratch_allow(const struct database *d, bool allow, struct err *e);

#endif
