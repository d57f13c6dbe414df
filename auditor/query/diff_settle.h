/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which symbols of the objects that differ are the same on both sides.
 * Private to diff.c.
 */
#ifndef QUERY_DIFF_SETTLE_H
#define QUERY_DIFF_SETTLE_H

#include "query/database.h"
#include "query/diff_symbols.h"
#include "support/err.h"

/*
 * Most symbols of an object that differs are what they were.  Where that is
 * certain without their names' texts, and there are enough of them to be worth
 * it, it is said in compare_symbol.same of both.  Rows come out as without.
 */
int diff_settle(const struct database *d, struct diff_symbols *s,
		struct err *e);

#endif
