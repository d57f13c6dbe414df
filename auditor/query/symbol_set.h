/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The symbols of a footprint, as compare/ takes them.  Private to
 * symbol_match.c.
 */
#ifndef QUERY_SYMBOL_SET_H
#define QUERY_SYMBOL_SET_H

#include "query/symbol_match.h"

/* path is 0 in each. */
int symbol_set_load(const struct database *d, int64_t footprint,
		    struct symbol_set *ret, struct err *e);
void symbol_set_release(struct symbol_set *s);

#endif
