/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/render.h"

#include <stdlib.h>
#include <string.h>

#include "render/account.h"
#include "render/json.h"
#include "render/markdown.h"
#include "render/picked_rows.h"
#include "render/separated.h"
#include "render/table.h"
#include "render/writer.h"

static const struct {
	const char *name;
	const struct writer_ops *ops;
} formats[FORMAT_COUNT] = {
	[FORMAT_TABLE] = { "table", &table_ops },
	[FORMAT_CSV] = { "csv", &csv_ops },
	[FORMAT_TSV] = { "tsv", &tsv_ops },
	[FORMAT_JSON] = { "json", &json_ops },
	[FORMAT_JSONL] = { "jsonl", &jsonl_ops },
	[FORMAT_MD] = { "md", &markdown_ops },
	[FORMAT_ACCOUNT] = { "account", &account_ops },
};

enum render_format render_format_find(const char *name)
{
	int i = 0;

	while (i < FORMAT_COUNT && strcmp(formats[i].name, name) != 0)
		i++;
	return (enum render_format)i;
}

bool render_format_fits(enum render_format format, const struct column *columns,
			size_t ncolumns)
{
	const struct writer_ops *ops = formats[format].ops;

	return !ops->fits || ops->fits(columns, ncolumns);
}

bool render_sums(enum render_format format)
{
	return formats[format].ops->sums;
}

/* Adds a number up; what overflows 64 bits goes on as a real one. */
static void add(struct cell *sum, const struct cell *c)
{
	double x = c->type == CELL_REAL ? c->real : (double)c->integer;
	int64_t total;

	if (c->type != CELL_INTEGER && c->type != CELL_REAL)
		return;
	if (sum->type == CELL_NULL) {
		*sum = *c;
	} else if (sum->type == CELL_INTEGER && c->type == CELL_INTEGER &&
		   !__builtin_add_overflow(sum->integer, c->integer, &total)) {
		sum->integer = total;
	} else {
		sum->real = x + (sum->type == CELL_REAL ? sum->real
							: (double)sum->integer);
		sum->type = CELL_REAL;
	}
}

static bool any_sum(const struct writer *w)
{
	for (size_t i = 0; i < w->ncolumns; i++) {
		if (w->columns[i].sum)
			return true;
	}
	return false;
}

static void add_row(const struct writer *w, const struct rows *rows,
		    struct cell *sums)
{
	w->result->rows++;
	for (size_t i = 0; i < w->ncolumns; i++) {
		if (w->columns[i].sum)
			add(&sums[i], &rows->cells[i]);
	}
}

/* The sums again, of all rows: those that were shown may not be all. */
static int each_of_all(struct writer *w, struct rows *rows, struct cell *sums,
		       struct err *e)
{
	int rc;

	w->result->rows = 0;
	memset(sums, 0, w->ncolumns * sizeof(*sums));
	while ((rc = rows->next_of_all(rows, e)) == 1)
		add_row(w, rows, sums);
	return rc;
}

static int each_row(struct writer *w, struct rows *rows, struct cell *sums,
		    struct err *e)
{
	struct render_result *res = w->result;
	uint64_t limit = w->options->limit;
	int rc;

	while ((rc = rows_next(rows, e)) == 1) {
		add_row(w, rows, sums);
		if (limit && res->shown == limit)
			continue;
		rc = w->ops->row(w, rows->cells, e);
		if (rc)
			return rc;
		res->shown++;
	}
	if (rc == 0 && limit && res->shown == limit && rows->next_of_all)
		rc = each_of_all(w, rows, sums, e);
	return rc;
}

static int run(struct writer *w, struct rows *rows, struct cell *sums,
	       struct err *e)
{
	struct render_result *res = w->result;
	int rc = w->ops->begin(w, e);

	if (!rc)
		rc = each_row(w, rows, sums, e);
	if (!rc) {
		res->summed = w->ops->sums && res->rows && any_sum(w);
		rc = w->ops->end(w, res->summed ? sums : NULL, e);
	}
	if (!rc && w->picked && res->rows)
		res->wide_columns = picked_rows_left(w->picked);
	if (w->ops->release)
		w->ops->release(w);
	return rc;
}

/* Rows of the columns that the format shows. */
static int render_columns(struct rows *rows, const struct picked_rows *picked,
			  const struct render_options *options,
			  struct render_result *ret, struct err *e)
{
	struct render_result result = { .rows = 0 };
	struct writer w = { .ops = formats[options->format].ops,
			    .options = options,
			    .result = &result,
			    .columns = rows->columns,
			    .ncolumns = rows->ncolumns,
			    .bar = rows->bar,
			    .picked = picked,
			    .buf = BUFFER_INIT };
	struct cell *sums = calloc(rows->ncolumns + 1, sizeof(*sums));
	int rc = sums ? run(&w, rows, sums, e) : err_nomem(e);

	buffer_release(&w.buf);
	free(sums);
	/* Also on failure: the caller must know about the broken pipe. */
	*ret = result;
	return rc;
}

int render_rows(struct rows *rows, const struct render_options *options,
		struct render_result *ret, struct err *e)
{
	struct picked_rows p;
	int rc;

	if (!formats[options->format].ops->people)
		return render_columns(rows, NULL, options, ret, e);
	*ret = (struct render_result){ .rows = 0 };
	rc = picked_rows_init(&p, rows, options->wide, e);
	if (rc)
		return rc;
	rc = render_columns(&p.rows, &p, options, ret, e);
	picked_rows_release(&p);
	return rc;
}
