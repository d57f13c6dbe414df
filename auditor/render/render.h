/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows to text: a table for people, CSV, TSV and JSON for programs, Markdown
 * for mails and merge requests.  Knows nothing of where rows come from.
 *
 * Table and Markdown show human sizes and end with a line of sums; account
 * is the layout of the slab-accounting patches and of trace_analyze, for the
 * columns it knows; the others hold exact numbers and nothing but the rows.  Names are never
 * trusted: see render/escape.h.
 */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include <stdbool.h>
#include <stddef.h>

#include "query/rows.h"
#include "render/format.h"
#include "support/err.h"

/* Has the format all it needs?  Only account asks for certain columns. */
bool render_format_fits(enum render_format format, const struct column *columns,
			size_t ncolumns);

/* "table", "csv" and so on; FORMAT_COUNT where unknown. */
enum render_format render_format_find(const char *name);

/* True where the format has a line of sums, and so must see every row. */
bool render_sums(enum render_format format);

/* Reads all rows; with a limit shows the first ones, and sums up all. */
int render_rows(struct rows *rows, const struct render_options *options,
		struct render_result *ret, struct err *e);

#endif
