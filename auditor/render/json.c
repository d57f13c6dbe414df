/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON: an array with an object for each row, one a line.  Written row by
 * row; libsmartcols would hold all of them, and does not know numbers from
 * text within a column.
 */
#include "render/json.h"

#include <math.h>
#include <string.h>

#include "render/number.h"
#include "render/escape.h"

static int begin(struct writer *w, struct err *e)
{
	buffer_char(&w->buf, '[');
	return writer_flush(w, e);
}

static void value(struct buffer *b, const struct cell *c)
{
	if (c->type == CELL_TEXT)
		text_for_json(b, c->text, c->len);
	else if (c->type == CELL_NULL ||
		 (c->type == CELL_REAL && !isfinite(c->real)))
		buffer_str(b, "null");
	else
		number_exact(b, c);
}

static int row(struct writer *w, const struct cell *cells, struct err *e)
{
	struct buffer *b = &w->buf;

	buffer_str(b, w->result->shown ? ",\n{" : "\n{");
	for (size_t i = 0; i < w->ncolumns; i++) {
		const char *name = w->columns[i].name;

		if (i)
			buffer_char(b, ',');
		text_for_json(b, name, strlen(name));
		buffer_char(b, ':');
		value(b, &cells[i]);
	}
	buffer_char(b, '}');
	return writer_flush(w, e);
}

static int end(struct writer *w, const struct cell *sums, struct err *e)
{
	(void)sums;
	buffer_str(&w->buf, w->result->shown ? "\n]\n" : "]\n");
	return writer_flush(w, e);
}

const struct writer_ops json_ops = {
	.begin = begin,
	.row = row,
	.end = end,
};
