/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/by_size.h"

#include <stdlib.h>
#include <string.h>

#include "query/fetch.h"
#include "plot/bars.h"
#include "query/diff_tables.h"
#include "support/grow.h"

#define BARS_MAX 26

struct bars {
	const struct plot *p;
	struct bar *list;
	size_t n, room;
	int64_t live, waste;
};

static int add_bar(struct bars *b, struct bar **ret, struct err *e)
{
	if (grow_room((void **)&b->list, b->n, &b->room, sizeof(*b->list)))
		return err_nomem(e);
	*ret = &b->list[b->n++];
	**ret = (struct bar){ .name = "" };
	return 0;
}

static int by_size(const void *a, const void *b)
{
	const struct bar *x = a, *y = b;
	int64_t i = x->value < 0 ? -x->value : x->value;
	int64_t k = y->value < 0 ? -y->value : y->value;

	if (i != k)
		return i < k ? 1 : -1;
	return strcmp(x->name, y->name);
}

/* The largest bars, as many as have room, and what is left as one. */
static void gather(struct bars *b, struct box box,
		   const char *words(const struct plot *p, const struct bar *))
{
	struct bar rest = { .gathered = true };
	size_t fit = bars_fit(box), most = fit < BARS_MAX ? fit : BARS_MAX;

	if (b->n)
		qsort(b->list, b->n, sizeof(*b->list), by_size);
	if (!most)
		b->n = 0;
	if (b->n > most) {
		for (size_t i = most - 1; i < b->n; i++) {
			rest.value += b->list[i].value;
			rest.part += b->list[i].part;
		}
		rest.name = figure_printf(b->p->f, "other (%zu)",
					  b->n - most + 1);
		b->list[most - 1] = rest;
		b->n = most;
	}
	for (size_t i = 0; i < b->n; i++)
		b->list[i].words = words(b->p, &b->list[i]);
}

static const char *size_words(const struct plot *p, const struct bar *b)
{
	return figure_printf(
		p->f, "%s, waste %s (%.1f%%)", figure_bytes(p->f, b->value),
		figure_bytes(p->f, b->part),
		b->value ? 100.0 * (double)b->part / (double)b->value : 0.0);
}

static const char *diff_words(const struct plot *p, const struct bar *b)
{
	return plot_change(p->f, b->value);
}

static int keep_class(void *ctx, const struct fetched *row, struct err *e)
{
	struct bars *b = ctx;
	struct bar *bar;
	int rc;

	b->live += row->number[2];
	b->waste += row->number[3];
	if (row->number[2] <= 0)
		return 0;
	rc = add_bar(b, &bar, e);
	if (rc)
		return rc;
	bar->name = figure_printf(b->p->f, "%s %lld",
				  row->text[1] && *row->text[1] == 'm'
					  ? "kmalloc"
					  : "cache",
				  (long long)row->number[0]);
	bar->value = row->number[2];
	bar->part = row->number[3];
	return 0;
}

int plot_classes(const struct plot *p, struct err *e)
{
	static const char *const columns[] = { "bytes_alloc", "kind",
					       "live_bytes", "waste_bytes",
					       NULL };
	struct fetch f = { .d = p->d,
			   .report = "classes",
			   .columns = columns,
			   .request = { .limit = -1 } };
	struct page_words words = { .note = "" };
	struct bars b = { .p = p };
	struct box box;
	int rc = plot_no_attr(p, e);

	memcpy(f.request.given, p->request->given, sizeof(f.request.given));
	if (!rc)
		rc = fetch_rows(&f, keep_class, &b, &p->f->arena, &words.note,
				e);
	if (!rc)
		rc = plot_source(p, true, &words.source, e);
	if (!rc) {
		words.title = figure_printf(
			p->f, "Live memory by size of object, and its waste%s",
			plot_branch_words(p));
		words.total = figure_printf(
			p->f,
			"%s (%s) alive at the end, %s (%s) of it wasted: allocated, not requested%s",
			figure_bytes(p->f, b.live), plot_exact(p, b.live),
			figure_bytes(p->f, b.waste), plot_exact(p, b.waste),
			plot_filter_words(p));
		page_begin(p->f, &words, &box);
		bars_legend(p->f, &box, "requested", "waste");
		gather(&b, box, size_words);
		rc = draw_bars(p->f, box, b.list, b.n, false, e);
	}
	free(b.list);
	return rc;
}

static int find(const struct rows *rows, const char *name)
{
	for (size_t i = 0; i < rows->ncolumns; i++)
		if (strcmp(rows->columns[i].name, name) == 0)
			return (int)i;
	return -1;
}

static int read_diff(struct bars *b, struct rows *rows, struct err *e)
{
	int path = find(rows, "path"), change = find(rows, "change"), rc;

	if (path < 0 || change < 0)
		return err_set(e, ERR_FORMAT,
			       "the rows of diff have no path or no change");
	while ((rc = rows_next(rows, e)) == 1) {
		const struct cell *name = &rows->cells[path];
		const struct cell *bytes = &rows->cells[change];
		struct bar *bar;

		/* Directories where symbols changed places and no byte. */
		if (bytes->type != CELL_INTEGER || !bytes->integer)
			continue;
		rc = add_bar(b, &bar, e);
		if (rc)
			return rc;
		bar->name = figure_clean(b->p->f, name->text, name->len);
		bar->value = bytes->integer;
		b->live += bytes->integer;
	}
	return rc;
}

static int fetch_diff(struct bars *b, struct err *e)
{
	struct query_request request = { .limit = -1 };
	const struct diff_wish wish = { .by = "branch", .rows_only = true };
	struct diff_tables tables;
	struct table_rows table;
	int rc;

	memcpy(request.given, b->p->request->given, sizeof(request.given));
	if (!request.given[PARAM_BASE])
		return err_set(
			e, ERR_USAGE,
			"a plot of kind 'diff' needs --base REF, the build to compare with");
	rc = diff_tables_begin(b->p->d, &wish, &request, &tables, e);
	if (!rc)
		rc = diff_tables_next(&tables, &table, e);
	if (rc == 1) {
		rc = read_diff(b, table.rows, e);
		table.end(table.rows);
	}
	diff_tables_release(&tables);
	return rc;
}

int plot_diff(const struct plot *p, struct err *e)
{
	struct page_words words = { .note = "" };
	struct plot base = *p;
	struct plot_request of_base = *p->request;
	struct bars b = { .p = p };
	const char *before = "", *after = "";
	struct box box;
	int rc = plot_no_attr(p, e);

	if (!rc)
		rc = fetch_diff(&b, e);
	of_base.given[PARAM_BUILD] = p->request->given[PARAM_BASE];
	base.request = &of_base;
	if (!rc)
		rc = plot_source(&base, false, &before, e);
	if (!rc)
		rc = plot_source(p, false, &after, e);
	if (!rc) {
		words.source = figure_printf(p->f, "from %s to %s", before,
					     after);
		words.title = figure_printf(p->f, "What grew and what shrank%s",
					    plot_branch_words(p));
		words.total = figure_printf(p->f, "%s (%s) of static memory",
					    plot_change(p->f, b.live),
					    plot_exact(p, b.live));
		page_begin(p->f, &words, &box);
		gather(&b, box, diff_words);
		rc = draw_bars(p->f, box, b.list, b.n, true, e);
	}
	free(b.list);
	return rc;
}
