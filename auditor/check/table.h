/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was judged, as rows.  Private to check/.
 */
#ifndef CHECK_TABLE_H
#define CHECK_TABLE_H

#include "check/state.h"

extern const struct column check_columns[CHECK_COLUMNS];

/* Fills c->table from what check_run has found. */
int table_fill(struct check *c, struct err *e);

#endif
