/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows that are part of a build, of a trace, or of a row that is.  Private
 * to store/copy.
 */
#ifndef STORE_COPY_PARTS_H
#define STORE_COPY_PARTS_H

#include "store/copy/copier.h"

/* All parts of a row of table owner, and theirs.  growing: only of tables
 * whose rows are added to those that are there. */
int copy_parts(struct copier *c, int owner, int64_t from_id, int64_t to_id,
	       bool growing, struct err *e);
int copy_allocations(struct copier *c, int64_t first, int64_t last,
		     int64_t new_first, struct err *e);

#endif
