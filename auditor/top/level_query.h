/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command that prints the rows of a level, for a shell.
 */
#ifndef TOP_LEVEL_QUERY_H
#define TOP_LEVEL_QUERY_H

#include "query/param.h"
#include "render/buffer.h"
#include "top/level.h"

/* Adds a line for each report that the level is made of.  db NULL: no --db is
 * needed.  A filter becomes an awk program that leaves the others out. */
void level_query(size_t view, const char *const given[PARAM_COUNT],
		 const char *db, const struct top_level *l, struct buffer *ret);

#endif
