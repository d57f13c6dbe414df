/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Markdown: a pipe table, its last line the sums in bold type.  It is written
 * row by row, so columns without any value are in it, too.
 */
#include "render/markdown.h"

#include <string.h>

#include "render/number.h"
#include "render/escape.h"

static int begin(struct writer *w, struct err *e)
{
	for (size_t i = 0; i < w->ncolumns; i++) {
		const char *name = w->columns[i].name;

		buffer_str(&w->buf, i ? " | " : "| ");
		text_for_markdown(&w->buf, name, strlen(name));
	}
	buffer_str(&w->buf, " |\n");
	for (size_t i = 0; i < w->ncolumns; i++)
		buffer_str(&w->buf, unit_is_number(w->columns[i].unit)
					    ? "|---:"
					    : "|---");
	buffer_str(&w->buf, "|\n");
	return writer_flush(w, e);
}

static void cell(struct writer *w, const struct cell *c, size_t i)
{
	if (c->type == CELL_TEXT)
		text_for_markdown(&w->buf, c->text, c->len);
	else if (c->type != CELL_NULL)
		number_for_table(&w->buf, c, w->columns[i].unit,
				 w->options->exact);
}

static int row(struct writer *w, const struct cell *cells, struct err *e)
{
	for (size_t i = 0; i < w->ncolumns; i++) {
		buffer_str(&w->buf, i ? " | " : "| ");
		cell(w, &cells[i], i);
	}
	buffer_str(&w->buf, " |\n");
	return writer_flush(w, e);
}

static int end(struct writer *w, const struct cell *sums, struct err *e)
{
	if (!sums)
		return 0;
	for (size_t i = 0; i < w->ncolumns; i++) {
		buffer_str(&w->buf, i ? " | " : "| ");
		if (w->columns[i].sum && sums[i].type != CELL_NULL) {
			buffer_str(&w->buf, "**");
			cell(w, &sums[i], i);
			buffer_str(&w->buf, "**");
		} else if (!i) {
			buffer_str(&w->buf, "**sum**");
		}
	}
	buffer_str(&w->buf, " |\n");
	return writer_flush(w, e);
}

const struct writer_ops markdown_ops = {
	.begin = begin,
	.row = row,
	.end = end,
	.sums = true,
	.people = true,
};
