/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Call sites by the name and offset that were printed.
 */
#ifndef SYMBOLS_BY_NAME_H
#define SYMBOLS_BY_NAME_H

#include "symbols/resolver.h"

int resolver_by_name(struct resolver *r, const struct site_text *t,
		     struct site_match *m, struct err *e);

#endif
