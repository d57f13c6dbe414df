/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables.  Columns without any value are not shown: what is left can be read.
 *
 * With bars there is one more column, after the first: that of the column that
 * is marked so.  Its cells are made when the largest number is known, and it
 * is the first to go where a width is too small.
 *
 * Rows are kept until the end, but not more than LIMIT_CELLS and LIMIT_BYTES
 * of them.  Past that the columns stay as they are then, and each row goes out
 * by itself: any number of rows takes a bounded amount of memory.
 */
#include "render/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/bar.h"
#include "render/escape.h"
#include "render/grid.h"
#include "render/number.h"
#include "support/grow.h"

/* Some 60 MB with what libsmartcols needs for each. */
#define LIMIT_CELLS ((size_t)300000)
#define LIMIT_BYTES ((size_t)8 << 20)
/* Rows that go out by themselves wait for others. */
#define PIECE ((size_t)64 << 10)

#define BAR_WIDTH ((size_t)10)
/* Where the bars are. */
#define BAR_AT ((size_t)1)

struct table {
	struct grid grid;
	size_t bar_of;	  /* the column that the bars show, if there are any */
	bool bars, signs; /* signs: there was a negative one */
	double *values;	  /* of the bars, by row of the grid */
	size_t nvalues, values_room;
	double most; /* the largest of them, without its sign */
};

/* Where column i is in the grid. */
static size_t place(const struct table *t, size_t i)
{
	return i + (t->bars && i >= BAR_AT);
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
	if (!t->grid.fixed && size > t->most)
		t->most = size;
	return grid_add(&t->grid, &w->buf, e);
}

/* Of a head, a row or the sums: column i's cell is in buf. */
static int keep(struct writer *w, size_t i, const struct cell *value,
		struct err *e)
{
	struct table *t = w->state;
	int rc = grid_add(&t->grid, &w->buf, e);

	/* After the first column, which is the only one before the bars. */
	if (!rc && t->bars && i + 1 == BAR_AT)
		rc = keep_bar(w, value, e);
	return rc;
}

static int begin(struct writer *w, struct err *e)
{
	struct table *t = calloc(1, sizeof(*t));
	int rc;

	if (!t)
		return err_nomem(e);
	w->state = t;
	t->bars = w->options->bars && w->bar;
	t->bar_of = t->bars ? w->bar - 1 : 0;
	rc = grid_init(&t->grid, w->ncolumns + t->bars, e);
	for (size_t i = 0; i < w->ncolumns && !rc; i++) {
		const char *name = w->columns[i].name;
		bool text = w->columns[i].unit == UNIT_TEXT;

		t->grid.columns[place(t, i)].right = !text;
		t->grid.columns[place(t, i)].flexible = text;
		t->grid.columns[place(t, i)].key = w->columns[i].key;
		t->grid.columns[place(t, i)].wrap = w->columns[i].wrap;
		text_for_display(&w->buf, name, strlen(name));
		rc = keep(w, i, NULL, e);
	}
	if (!rc && t->bars)
		t->grid.columns[BAR_AT].width = BAR_WIDTH;
	return rc;
}

/* Column i's cell, as it is shown, into buf. */
static void show_cell(struct writer *w, const struct cell *c, size_t i)
{
	struct table *t = w->state;
	struct grid_column *column = &t->grid.columns[place(t, i)];

	if (c->type == CELL_TEXT) {
		text_for_display(&w->buf, c->text, c->len);
		column->flexible = true;
		/* A column that nobody described turns out to be text. */
		if (w->columns[i].unit == UNIT_NONE && !t->grid.fixed)
			column->right = false;
	} else if (c->type == CELL_NULL) {
		buffer_char(&w->buf, '-');
	} else {
		number_for_table(&w->buf, c, w->columns[i].unit,
				 w->options->exact);
	}
}

/* A row for the rule, which is drawn when widths are known, and the sums. */
static int add_sums(struct writer *w, const struct cell *sums, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; i < w->ncolumns && !rc; i++)
		rc = keep(w, i, NULL, e);
	for (size_t i = 0; i < w->ncolumns && !rc; i++) {
		if (w->columns[i].sum)
			show_cell(w, &sums[i], i);
		else if (!i)
			buffer_str(&w->buf, "sum");
		rc = keep(w, i, NULL, e);
	}
	return rc;
}

/* The rule above the last row. */
static int draw_rule(struct writer *w, struct err *e)
{
	struct grid *g = &((struct table *)w->state)->grid;
	int rc = 0;

	for (size_t i = 0; i < g->n && !rc; i++) {
		for (size_t j = 0; j < g->columns[i].width; j++)
			buffer_char(&w->buf, '-');
		rc = grid_set(g, grid_rows(g) - 2, i, &w->buf, e);
	}
	return rc;
}

/* The bars of the rows that are kept; of a table that shrinks with signs. */
static int draw_bars(struct writer *w, struct err *e)
{
	struct table *t = w->state;
	int rc = 0;

	for (size_t row = !t->grid.fixed; row < t->nvalues && !rc; row++) {
		double value = t->values[row],
		       size = value < 0 ? -value : value;

		if (value == 0 || t->most <= 0)
			continue;
		if (t->signs)
			buffer_char(&w->buf, value < 0 ? '-' : '+');
		bar_add(&w->buf, size / t->most, BAR_WIDTH - t->signs,
			bar_blocks(), false);
		rc = grid_set(&t->grid, row, BAR_AT, &w->buf, e);
	}
	return rc;
}

/* Which columns are shown, and how wide. */
static int fit(struct writer *w, struct err *e)
{
	struct table *t = w->state;
	struct grid *g = &t->grid;
	size_t *hidden = &w->result->hidden_columns;
	struct grid_column *before;
	int rc;

	before = arena_calloc(&g->arena, g->n, sizeof(*before));
	if (!before)
		return err_nomem(e);
	memcpy(before, g->columns, g->n * sizeof(*before));
	rc = grid_fit(g, w->options->width, hidden, e);
	if (rc || !*hidden || !t->bars || before[BAR_AT].gone)
		return rc;
	/* Numbers before bars. */
	memcpy(g->columns, before, g->n * sizeof(*before));
	g->columns[BAR_AT].gone = true;
	return grid_fit(g, w->options->width, hidden, e);
}

static int put(struct writer *w, bool sums, struct err *e)
{
	struct table *t = w->state;
	int rc = t->grid.fixed ? 0 : fit(w, e);

	if (!rc && t->bars)
		rc = draw_bars(w, e);
	if (!rc && sums)
		rc = draw_rule(w, e);
	t->nvalues = 0;
	return rc ? rc : grid_print(&t->grid, w, e);
}

static int row(struct writer *w, const struct cell *cells, struct err *e)
{
	struct table *t = w->state;
	const struct grid *g = &t->grid;
	int rc = 0;

	for (size_t i = 0; i < w->ncolumns && !rc; i++) {
		show_cell(w, &cells[i], i);
		rc = keep(w, i, &cells[t->bar_of], e);
	}
	if (rc || (g->ntexts < LIMIT_CELLS && g->bytes < LIMIT_BYTES &&
		   (!g->fixed || g->bytes < PIECE)))
		return rc;
	return put(w, false, e);
}

static void name_empty(struct render_result *r, const char *name)
{
	size_t used = strlen(r->empty_columns);

	snprintf(r->empty_columns + used, sizeof(r->empty_columns) - used,
		 "%s%s", used ? ", " : "", name);
}

/* Columns that have no value in any row. */
static void leave_empty(struct writer *w)
{
	struct table *t = w->state;

	for (size_t i = 0; i < w->ncolumns; i++) {
		if (!picked_rows_empty(w->picked, i))
			continue;
		t->grid.columns[place(t, i)].gone = true;
		if (t->bars && i == t->bar_of)
			t->grid.columns[BAR_AT].gone = true;
		name_empty(w->result, w->columns[i].name);
	}
}

static int end(struct writer *w, const struct cell *sums, struct err *e)
{
	const struct table *t = w->state;
	int rc = 0;

	/* A table of nothing is silence; the command says why. */
	if (!w->result->rows)
		return 0;
	if (!t->grid.fixed)
		leave_empty(w);
	if (sums)
		rc = add_sums(w, sums, e);
	return rc ? rc : put(w, sums, e);
}

static void release(struct writer *w)
{
	struct table *t = w->state;

	if (!t)
		return;
	free(t->values);
	grid_release(&t->grid);
	free(t);
}

const struct writer_ops table_ops = {
	.begin = begin,
	.row = row,
	.end = end,
	.release = release,
	.sums = true,
	.people = true,
};
