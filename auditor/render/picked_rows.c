/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/picked_rows.h"

#include <stdlib.h>
#include <string.h>

/* "-" is what reports say of a name that is not known. */
static bool has_value(const struct cell *c)
{
	switch (c->type) {
	case CELL_INTEGER:
		return c->integer != 0;
	case CELL_REAL:
		return c->real != 0;
	case CELL_TEXT:
		return c->len && !(c->len == 1 && c->text[0] == '-');
	case CELL_NULL:
		break;
	}
	return false;
}

static int next(struct rows *rows, struct err *e)
{
	struct picked_rows *p = (struct picked_rows *)(void *)rows;
	const struct rows *inner = p->inner;
	int r = rows_next(p->inner, e);

	if (r != 1)
		return r;
	p->nrows++;
	for (size_t i = 0; i < inner->ncolumns; i++) {
		if (!p->valued[i])
			p->valued[i] = has_value(&inner->cells[i]);
	}
	for (size_t i = 0; i < rows->ncolumns; i++)
		p->cells[i] = inner->cells[p->from[i]];
	return 1;
}

static int next_of_all(struct rows *rows, struct err *e)
{
	struct picked_rows *p = (struct picked_rows *)(void *)rows;
	const struct rows *inner = p->inner;
	int r = p->inner->next_of_all(p->inner, e);

	for (size_t i = 0; r == 1 && i < inner->ncolumns; i++) {
		size_t at = p->from[i];

		if (!inner->columns[at].sum)
			continue;
		if (!p->valued[at])
			p->valued[at] = has_value(&inner->cells[at]);
		p->cells[i] = inner->cells[at];
	}
	return r;
}

/* First the columns that everybody sees, then those that are wide. */
static size_t pick(struct picked_rows *p)
{
	const struct rows *inner = p->inner;
	size_t n = 0, narrow;

	for (size_t i = 0; i < inner->ncolumns; i++) {
		if (!inner->columns[i].wide)
			p->from[n++] = i;
	}
	narrow = n;
	for (size_t i = 0; i < inner->ncolumns; i++) {
		if (inner->columns[i].wide)
			p->from[n++] = i;
	}
	return narrow;
}

int picked_rows_init(struct picked_rows *p, struct rows *inner, bool wide,
		     struct err *e)
{
	size_t n = inner->ncolumns, narrow;

	*p = (struct picked_rows){
		.rows = { .next = next },
		.inner = inner,
		.columns = calloc(n + 1, sizeof(*p->columns)),
		.cells = calloc(n + 1, sizeof(*p->cells)),
		.from = calloc(n + 1, sizeof(*p->from)),
		.valued = calloc(n + 1, sizeof(*p->valued)),
	};
	if (!p->columns || !p->cells || !p->from || !p->valued) {
		picked_rows_release(p);
		return err_nomem(e);
	}
	narrow = pick(p);
	/* A table of nothing but wide ones would be none. */
	p->rows.ncolumns = wide || !narrow ? n : narrow;
	for (size_t i = 0; i < n; i++) {
		p->columns[i] = inner->columns[p->from[i]];
		if (i < p->rows.ncolumns && p->from[i] + 1 == inner->bar)
			p->rows.bar = i + 1;
	}
	p->rows.columns = p->columns;
	p->rows.cells = p->cells;
	if (inner->next_of_all)
		p->rows.next_of_all = next_of_all;
	return 0;
}

void picked_rows_release(struct picked_rows *p)
{
	free(p->columns);
	free(p->cells);
	free(p->from);
	free(p->valued);
	*p = (struct picked_rows){ .inner = NULL };
}

bool picked_rows_empty(const struct picked_rows *p, size_t i)
{
	return i && p->nrows > 1 && p->columns[i].unit != UNIT_NONE &&
	       !p->valued[p->from[i]];
}

size_t picked_rows_left(const struct picked_rows *p)
{
	size_t n = 0;

	for (size_t i = p->rows.ncolumns; i < p->inner->ncolumns; i++)
		n += !picked_rows_empty(p, i);
	return n;
}
