/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SORT of input statements.  Private to link/.
 */
#ifndef LINK_SCRIPT_SORT_H
#define LINK_SCRIPT_SORT_H

#include "link/work.h"
#include "link/script/script.h"

/* Puts the statement's sections in its order. 0 or negative, with e
 * filled. */
int script_sort(const struct script *s, struct script_stmt *stmt,
		struct link_work *w, struct err *e);

#endif
