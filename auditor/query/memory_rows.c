/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/memory_rows.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"

static int next(struct rows *rows, struct err *e)
{
	struct memory_rows *m = (struct memory_rows *)(void *)rows;

	(void)e;
	if (m->at == m->count)
		return 0;
	rows->cells = m->cells + m->at++ * rows->ncolumns;
	return 1;
}

void memory_rows_init(struct memory_rows *m, const struct column *columns,
		      size_t ncolumns)
{
	*m = (struct memory_rows){
		.rows = { .columns = columns,
			  .ncolumns = ncolumns,
			  .next = next },
	};
}

int memory_rows_init_like(struct memory_rows *m, const struct rows *like,
			  struct err *e)
{
	struct column *columns;

	memory_rows_init(m, NULL, like->ncolumns);
	columns = arena_calloc(&m->arena, like->ncolumns, sizeof(*columns));
	if (!columns)
		return err_nomem(e);
	for (size_t i = 0; i < like->ncolumns; i++) {
		columns[i] = like->columns[i];
		columns[i].name = arena_strdup(&m->arena, columns[i].name);
		columns[i].help = arena_strdup(&m->arena, columns[i].help);
		if (!columns[i].name || !columns[i].help)
			return err_nomem(e);
	}
	m->rows.columns = columns;
	return 0;
}

void memory_rows_release(struct memory_rows *m)
{
	free(m->cells);
	arena_release(&m->arena);
	*m = (struct memory_rows){ .count = 0 };
}

int memory_rows_add(struct memory_rows *m, const struct cell *cells,
		    struct err *e)
{
	size_t n = m->rows.ncolumns;
	struct cell *to;

	if (grow_room((void **)&m->cells, m->count, &m->room,
		      n * sizeof(*m->cells)))
		return err_nomem(e);
	to = m->cells + m->count * n;
	memcpy(to, cells, n * sizeof(*to));
	for (size_t i = 0; i < n; i++) {
		if (to[i].type != CELL_TEXT)
			continue;
		to[i].text = arena_strndup(&m->arena, cells[i].text,
					   cells[i].len);
		if (!to[i].text)
			return err_nomem(e);
	}
	m->count++;
	return 0;
}

int memory_rows_load(struct memory_rows *m, struct rows *source, size_t max,
		     uint64_t *ret_total, struct err *e)
{
	uint64_t total = 0;
	int rc;

	while ((rc = rows_next(source, e)) == 1) {
		total++;
		if (m->count < max)
			rc = memory_rows_add(m, source->cells, e);
		if (rc < 0)
			return rc;
	}
	if (rc == 0)
		*ret_total = total;
	return rc;
}

void memory_rows_rewind(struct memory_rows *m)
{
	m->at = 0;
}
