/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When a symbol, an object or a directory appeared, and every build in which
 * it changed, put into a temporary table for sql/history/blame.sql.
 *
 * It is followed from the newest build that has it along the bases of all
 * builds (lineage/lineage.h), down to the oldest and up into each branch.
 */
#ifndef QUERY_BLAME_H
#define QUERY_BLAME_H

#include "query/database.h"
#include "support/err.h"

/*
 * word: a path (fs, fs/open.o, fs/open.c), else the name of a symbol, where
 * branch (NULL: all) narrows which.  ERR_USAGE, with the nearest ones, where
 * there is no such thing, or too many.  Once for each connection.
 */
int blame_prepare(const struct database *d, const char *word,
		  const char *branch, struct err *e);

#endif
