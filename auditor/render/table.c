/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables, through libsmartcols.  On a terminal they fit it: long text loses
 * its middle, which libsmartcols cannot do, so cells come to it cut to size.
 * Elsewhere nothing is cut.
 *
 * With bars there is one more column, after the first: that of the column that
 * is marked so.  Its cells are made when the largest number is known.
 *
 * Columns are as wide as their widest cells, so rows are kept until the end;
 * but not more than LIMIT_CELLS and LIMIT_BYTES of them.  Past that the widths
 * stay as they are then, and each row goes out by itself: any number of rows
 * takes a bounded amount of memory.
 */
#include "render/table.h"

#include <stdlib.h>
#include <string.h>

#include <libsmartcols.h>

#include "render/bar.h"
#include "render/column_widths.h"
#include "render/number.h"
#include "render/escape.h"
#include "support/arena.h"
#include "support/grow.h"

/* Some 60 MB with what libsmartcols needs for each. */
#define LIMIT_CELLS ((size_t)300000)
#define LIMIT_BYTES ((size_t)8 << 20)

#define BAR_WIDTH ((size_t)10)
/* Where the bars are. */
#define BAR_AT ((size_t)1)

/* A row that goes out by itself waits for others. */
#define PIECE ((size_t)64 << 10)

struct table {
	struct arena arena;
	struct arena cells; /* of the rows that are kept */
	size_t bytes;	    /* in cells */
	bool fixed;	    /* the widths are */
	const char **texts; /* rows * n */
	size_t ntexts, room;
	struct column_width *fit;
	bool *right;   /* the column's numbers are aligned right */
	size_t n;      /* columns, with that of the bars */
	size_t bar_of; /* the column that the bars show, if there are n - 1 */
	bool bars, signs; /* signs: there was a negative one */
	double *values;	  /* of the bars, by row */
	size_t nvalues, values_room;
	double most;	 /* the largest of them, without its sign */
	size_t nrules;	 /* the row before the sums is a rule, if 1 */
	size_t ncolumns; /* that are shown */
};

/* Keeps buf as the table's next cell. */
static int keep(struct writer *w, size_t column, struct err *e)
{
	struct table *t = w->state;
	struct buffer *b = &w->buf;
	size_t width;
	char *copy;

	if (b->failed || grow_room((void **)&t->texts, t->ntexts, &t->room,
				   sizeof(*t->texts)))
		return err_nomem(e);
	copy = arena_strndup(&t->cells, b->at ? b->at : "", b->len);
	if (!copy)
		return err_nomem(e);
	t->bytes += b->len;
	if (!t->fixed) {
		width = text_width(copy, b->len);
		if (width > t->fit[column].width)
			t->fit[column].width = width;
	}
	t->texts[t->ntexts++] = copy;
	buffer_clear(b);
	return 0;
}

/* Notes the number, and keeps the place of its bar; none: there is no bar. */
static int keep_bar(struct writer *w, const struct cell *c, struct err *e)
{
	struct table *t = w->state;
	double value = !c			 ? 0
		       : c->type == CELL_INTEGER ? (double)c->integer
		       : c->type == CELL_REAL	 ? c->real
						 : 0;
	double size = value < 0 ? -value : value;

	if (grow_room((void **)&t->values, t->nvalues, &t->values_room,
		      sizeof(*t->values)))
		return err_nomem(e);
	t->values[t->nvalues++] = value;
	t->signs |= value < 0;
	if (!t->fixed && size > t->most)
		t->most = size;
	return keep(w, BAR_AT, e);
}

/* Of a head, a row or the sums: column i's cell is in buf. */
static int keep_with_bar(struct writer *w, size_t i, const struct cell *value,
			 struct err *e)
{
	const struct table *t = w->state;
	int rc = keep(w, i + (t->bars && i >= BAR_AT), e);

	/* After the first column, which is the only one before the bars. */
	if (!rc && t->bars && i + 1 == BAR_AT)
		rc = keep_bar(w, value, e);
	return rc;
}

static void find_bar(struct writer *w)
{
	struct table *t = w->state;

	t->bars = w->options->bars && w->bar;
	t->bar_of = t->bars ? w->bar - 1 : 0;
	t->n = w->ncolumns + t->bars;
}

static int begin(struct writer *w, struct err *e)
{
	struct table *t = calloc(1, sizeof(*t));

	if (!t)
		return err_nomem(e);
	w->state = t;
	find_bar(w);
	t->ncolumns = t->n;
	t->fit = arena_calloc(&t->arena, t->n, sizeof(*t->fit));
	t->right = arena_calloc(&t->arena, t->n, sizeof(*t->right));
	if (!t->fit || !t->right)
		return err_nomem(e);
	for (size_t i = 0; i < w->ncolumns; i++) {
		const char *name = w->columns[i].name;
		size_t at = i + (t->bars && i >= BAR_AT);
		int rc;

		text_for_display(&w->buf, name, strlen(name));
		rc = keep_with_bar(w, i, NULL, e);
		if (rc)
			return rc;
		t->right[at] = w->columns[i].unit != UNIT_TEXT;
		t->fit[at].flexible = w->columns[i].unit == UNIT_TEXT;
	}
	if (t->bars)
		t->fit[BAR_AT].width = BAR_WIDTH;
	return 0;
}

/* Column i's cell, as it is shown, into buf. */
static void show_cell(struct writer *w, const struct cell *c, size_t i)
{
	struct table *t = w->state;
	size_t at = i + (t->bars && i >= BAR_AT);

	if (c->type == CELL_TEXT) {
		text_for_display(&w->buf, c->text, c->len);
		t->fit[at].flexible = true;
		/* A column that nobody described turns out to be text. */
		if (w->columns[i].unit == UNIT_NONE && !t->fixed)
			t->right[at] = false;
	} else if (c->type == CELL_NULL) {
		buffer_char(&w->buf, '-');
	} else {
		number_for_table(&w->buf, c, w->columns[i].unit,
				 w->options->exact);
	}
}

/* A rule, whose cells are drawn when widths are known, and the sums. */
static int add_sums(struct writer *w, const struct cell *sums, struct err *e)
{
	struct table *t = w->state;
	int rc = 0;

	for (size_t i = 0; i < w->ncolumns && !rc; i++)
		rc = keep_with_bar(w, i, NULL, e);
	t->nrules = 1;
	for (size_t i = 0; i < w->ncolumns && !rc; i++) {
		if (w->columns[i].sum)
			show_cell(w, &sums[i], i);
		else if (!i)
			buffer_str(&w->buf, "sum");
		rc = keep_with_bar(w, i, NULL, e);
	}
	return rc;
}

/* The bar of a kept row into buf; of a table that shrinks, too, with a sign. */
static void draw_bar(struct writer *w, size_t row)
{
	const struct table *t = w->state;
	double value = t->values[row], size = value < 0 ? -value : value;

	if (t->signs && value != 0)
		buffer_char(&w->buf, value < 0 ? '-' : '+');
	if (t->most > 0)
		bar_add(&w->buf, size / t->most, BAR_WIDTH - t->signs,
			bar_blocks(), false);
}

/* Cuts every cell to its column's width, and draws the rule. */
static int cut(struct writer *w, struct err *e)
{
	struct table *t = w->state;
	size_t n = t->n, nrows = t->ntexts / n;

	for (size_t i = 0; i < t->ntexts; i++) {
		const struct column_width *f = &t->fit[i % n];
		const char *text = t->texts[i];

		buffer_clear(&w->buf);
		if (t->nrules && i / n == nrows - 2) {
			for (size_t j = 0; j < f->width; j++)
				buffer_char(&w->buf, '-');
		} else if (t->bars && i % n == BAR_AT && (i >= n || t->fixed)) {
			draw_bar(w, i / n);
		} else if (w->options->terminal) {
			text_shorten(&w->buf, text, strlen(text), f->width);
		} else {
			continue;
		}
		buffer_char(&w->buf, '\0');
		if (w->buf.failed)
			return err_nomem(e);
		if (strcmp(w->buf.at, text) != 0)
			t->texts[i] = arena_strdup(&t->cells, w->buf.at);
		if (!t->texts[i])
			return err_nomem(e);
	}
	buffer_clear(&w->buf);
	return 0;
}

static int fill(const struct writer *w, struct libscols_table *tb)
{
	const struct table *t = w->state;
	size_t n = t->n;

	scols_table_enable_noencoding(tb, 1);
	/* Never its own idea of a terminal: the cells fit. */
	scols_table_set_termforce(tb, SCOLS_TERMFORCE_NEVER);
	if (scols_table_set_column_separator(tb, "  "))
		return -1;
	for (size_t i = 0; i < t->ncolumns; i++) {
		if (!scols_table_new_column(tb, t->texts[i], 0,
					    t->right[i] ? SCOLS_FL_RIGHT : 0))
			return -1;
	}
	for (size_t at = n; at < t->ntexts; at += n) {
		struct libscols_line *ln = scols_table_new_line(tb, NULL);

		if (!ln)
			return -1;
		for (size_t i = 0; i < t->ncolumns; i++) {
			if (scols_line_set_data(ln, i, t->texts[at + i]))
				return -1;
		}
	}
	return 0;
}

static int print(struct writer *w, struct err *e)
{
	struct libscols_table *tb = scols_new_table();
	char *text = NULL;
	int rc;

	if (!tb || fill(w, tb) || scols_print_table_to_string(tb, &text)) {
		rc = err_nomem(e);
	} else {
		buffer_str(&w->buf, text);
		buffer_char(&w->buf, '\n');
		rc = writer_flush(w, e);
	}
	free(text);
	scols_unref_table(tb);
	return rc;
}

/* A row in the widths that are fixed, as libsmartcols would print it. */
static void add_row(struct buffer *b, const struct table *t,
		    const char *const *texts)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		size_t width = text_width(texts[i], strlen(texts[i]));
		size_t pad = t->fit[i].width > width ? t->fit[i].width - width
						     : 0;

		if (i)
			buffer_str(b, "  ");
		while (t->right[i] && pad) {
			buffer_char(b, ' ');
			pad--;
		}
		buffer_str(b, texts[i]);
		while (pad && i + 1 < t->ncolumns) {
			buffer_char(b, ' ');
			pad--;
		}
	}
	buffer_char(b, '\n');
}

/* Prints what is kept, and keeps it no longer. */
static int put_fixed(struct writer *w, struct err *e)
{
	struct table *t = w->state;
	int rc = t->ntexts ? cut(w, e) : 0;

	for (size_t at = 0; at < t->ntexts && !rc; at += t->n) {
		add_row(&w->buf, t, t->texts + at);
		if (w->buf.failed)
			rc = err_nomem(e);
		else if (w->buf.len >= PIECE)
			rc = writer_flush(w, e);
	}
	if (!rc && w->buf.len)
		rc = writer_flush(w, e);
	arena_release(&t->cells);
	t->ntexts = t->nvalues = t->bytes = 0;
	return rc;
}

static int fit_and_print(struct writer *w, struct err *e)
{
	struct table *t = w->state;
	int rc;

	if (w->options->terminal) {
		t->ncolumns = column_widths(t->fit, t->n, w->options->width);
		w->result->hidden_columns = t->n - t->ncolumns;
	}
	rc = cut(w, e);
	if (!rc)
		rc = print(w, e);
	arena_release(&t->cells);
	t->ntexts = t->nvalues = t->bytes = 0;
	t->fixed = true;
	return rc;
}

static int row(struct writer *w, const struct cell *cells, struct err *e)
{
	struct table *t = w->state;
	int rc = 0;

	for (size_t i = 0; i < w->ncolumns && !rc; i++) {
		show_cell(w, &cells[i], i);
		rc = keep_with_bar(w, i, &cells[t->bar_of], e);
	}
	if (rc || (t->ntexts < LIMIT_CELLS && t->bytes < LIMIT_BYTES &&
		   (!t->fixed || t->bytes < PIECE)))
		return rc;
	return t->fixed ? put_fixed(w, e) : fit_and_print(w, e);
}

static int end(struct writer *w, const struct cell *sums, struct err *e)
{
	const struct table *t = w->state;
	int rc = 0;

	/* A table of nothing is silence; the command says why. */
	if (!w->result->rows)
		return 0;
	if (sums)
		rc = add_sums(w, sums, e);
	if (rc)
		return rc;
	return t->fixed ? put_fixed(w, e) : fit_and_print(w, e);
}

static void release(struct writer *w)
{
	struct table *t = w->state;

	if (!t)
		return;
	free(t->texts);
	free(t->values);
	arena_release(&t->cells);
	arena_release(&t->arena);
	free(t);
}

const struct writer_ops table_ops = {
	.begin = begin,
	.row = row,
	.end = end,
	.release = release,
	.sums = true,
};
