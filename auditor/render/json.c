/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON: an array with an object for each row, one a line, or only such lines.
 * Written row by
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

void json_cell(struct buffer *b, const struct cell *c)
{
	if (c->type == CELL_TEXT)
		text_for_json(b, c->text, c->len);
	else if (c->type == CELL_NULL ||
		 (c->type == CELL_REAL && !isfinite(c->real)))
		buffer_str(b, "null");
	else
		number_exact(b, c);
}

/* The rest of an object, after its brace. */
static void members(struct writer *w, const struct cell *cells)
{
	struct buffer *b = &w->buf;

	for (size_t i = 0; i < w->ncolumns; i++) {
		const char *name = w->columns[i].name;

		if (i)
			buffer_char(b, ',');
		text_for_json(b, name, strlen(name));
		buffer_char(b, ':');
		json_cell(b, &cells[i]);
	}
	buffer_char(b, '}');
}

static int row(struct writer *w, const struct cell *cells, struct err *e)
{
	buffer_str(&w->buf, w->result->shown ? ",\n{" : "\n{");
	members(w, cells);
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

static int begin_lines(struct writer *w, struct err *e)
{
	(void)w;
	(void)e;
	return 0;
}

static int line(struct writer *w, const struct cell *cells, struct err *e)
{
	const char *table = w->options->table;

	buffer_char(&w->buf, '{');
	if (table) {
		buffer_str(&w->buf, "\"table\":");
		text_for_json(&w->buf, table, strlen(table));
		buffer_char(&w->buf, ',');
	}
	members(w, cells);
	buffer_char(&w->buf, '\n');
	return writer_flush(w, e);
}

static int end_lines(struct writer *w, const struct cell *sums, struct err *e)
{
	(void)w;
	(void)sums;
	(void)e;
	return 0;
}

const struct writer_ops jsonl_ops = {
	.begin = begin_lines,
	.row = line,
	.end = end_lines,
};
