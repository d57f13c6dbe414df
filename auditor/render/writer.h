/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the formats have in common.  Private to render/.
 *
 * A format fills buf, and calls writer_flush where a piece is complete; row
 * is called for rows that are shown, sums has the sums of all rows, or NULL.
 *
 * Errors: ERR_IO where it cannot be written, ERR_NOMEM.
 */
#ifndef RENDER_WRITER_H
#define RENDER_WRITER_H

#include "query/rows.h"
#include "render/buffer.h"
#include "render/format.h"
#include "render/picked_rows.h"
#include "support/err.h"

struct writer;

struct writer_ops {
	int (*begin)(struct writer *w, struct err *e);
	int (*row)(struct writer *w, const struct cell *cells, struct err *e);
	int (*end)(struct writer *w, const struct cell *sums, struct err *e);
	void (*release)(struct writer *w); /* NULL: nothing to do */
	bool sums;
	bool people; /* shows the columns that people read */
	/* NULL: every column will do. */
	bool (*fits)(const struct column *columns, size_t ncolumns);
};

struct writer {
	const struct writer_ops *ops;
	const struct render_options *options;
	struct render_result *result;
	const struct column *columns;
	size_t ncolumns;
	size_t bar; /* as in struct rows */
	/* Whose columns these are, of a format for people; else NULL. */
	const struct picked_rows *picked;
	struct buffer buf;
	void *state; /* of the format */
};

/* Writes buf and empties it. */
int writer_flush(struct writer *w, struct err *e);

/* Numbers of the unit are aligned right. */
bool unit_is_number(enum column_unit unit);

#endif
