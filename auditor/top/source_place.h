/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The line of the source that a row is from.
 */
#ifndef TOP_SOURCE_PLACE_H
#define TOP_SOURCE_PLACE_H

#include "query/database.h"
#include "top/browser.h"

/*
 * Of a call site its line, of a function one of its call sites' lines; where
 * none is known, the source of the object, and line 0.  Only a
 * file that is there, below the sources of the build or its tree: the paths
 * are of the debug information, which anybody may have made.  build and trace
 * are numbers, or NULL.  ERR_USAGE where there is none.
 */
int source_place(const struct database *d, const char *build, const char *trace,
		 const struct top_row *row, struct top_place *ret,
		 struct err *e);

#endif
