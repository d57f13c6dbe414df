/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/by_directory.h"

#include <stdlib.h>
#include <string.h>

#include "query/fetch.h"
#include "plot/rings.h"
#include "plot/treemap.h"
#include "support/grow.h"

#define DEPTH_DEFAULT 3
#define DEPTH_MOST 64
/* Deep enough that the rows of a report are objects. */
#define DEPTH_OBJECTS "64"

/* An attribute: whose report, which column, and what a reader calls it. */
static const struct attr {
	const char *name, *report, *column, *title, *unit;
} attrs[] = {
	{ "static", "objects", "total", "Static memory by directory",
	  "text, data and bss" },
	{ "text", "objects", "text", "Code and constants by directory",
	  "text (binutils size)" },
	{ "data", "objects", "data", "Initialised data by directory",
	  "data (binutils size)" },
	{ "bss", "objects", "bss", "Zero-initialised data by directory",
	  "bss (binutils size)" },
	{ "resident", "footprint", "resident",
	  "Static memory that stays after boot, by directory", "resident" },
	{ "init", "footprint", "init",
	  "Static memory that boot frees, by directory", "init" },
	{ "live", "dynamic", "live_bytes", "Live dynamic memory by directory",
	  "kmalloc and kmem_cache memory alive at the end of the trace" },
	{ "total", "dynamic", "total_bytes", "All allocations by directory",
	  "kmalloc and kmem_cache memory, all allocations of the trace" },
	{ "waste", "dynamic", "waste_bytes",
	  "Internal fragmentation by directory",
	  "allocated but not requested, alive at the end of the trace" },
	{ "peak", "dynamic", "peak_bytes",
	  "Dynamic memory at its peak, by directory",
	  "kmalloc and kmem_cache memory at the peak of the trace" },
	{ "current", "combined", "current_bytes",
	  "Memory taken when the trace ended, by directory",
	  "static that stays, per-CPU data of one CPU, and live dynamic memory" },
	{ "current_dynamic", "dynamic", "live_bytes",
	  "Live dynamic memory by directory",
	  "kmalloc and kmem_cache memory alive at the end of the trace" },
	{ "total_dynamic", "dynamic", "total_bytes",
	  "All allocations by directory",
	  "kmalloc and kmem_cache memory, all allocations of the trace" },
};

struct items {
	struct figure *f;
	bool objects_only; /* what the link adds and takes is no directory */
	struct plot_item *list;
	size_t n, room;
};

static int keep_item(void *ctx, const struct fetched *row, struct err *e)
{
	struct items *it = ctx;

	if (it->objects_only && row->text[0] && row->text[0][0] == '(')
		return 0;
	if (grow_room((void **)&it->list, it->n, &it->room, sizeof(*it->list)))
		return err_nomem(e);
	it->list[it->n].path = figure_printf(it->f, "%s",
					     row->text[0] ? row->text[0] : "-");
	it->list[it->n].value = row->number[1];
	it->n++;
	return 0;
}

static int find_attr(const struct plot *p, const struct attr **ret,
		     struct err *e)
{
	const char *name = p->request->attr ? p->request->attr : "static";

	for (size_t i = 0; i < sizeof(attrs) / sizeof(*attrs); i++) {
		if (strcmp(attrs[i].name, name) == 0) {
			*ret = &attrs[i];
			return 0;
		}
	}
	return err_set(e, ERR_USAGE, "no --attr '%.40s': there are %s", name,
		       PLOT_ATTRS);
}

static int read_depth(const struct plot *p, size_t *ret, struct err *e)
{
	const char *given = p->request->given[PARAM_DEPTH];
	char *end;
	unsigned long n;

	*ret = DEPTH_DEFAULT;
	if (!given)
		return 0;
	n = strtoul(given, &end, 10);
	if (*given < '0' || *given > '9' || *end || n < 1 || n > DEPTH_MOST)
		return err_set(e, ERR_USAGE,
			       "--depth is a number from 1 to %d, not '%.40s'",
			       DEPTH_MOST, given);
	*ret = n;
	return 0;
}

static bool wants_trace(const struct attr *a)
{
	return strcmp(a->report, "dynamic") == 0 ||
	       strcmp(a->report, "combined") == 0;
}

static int read_items(const struct plot *p, const struct attr *a,
		      struct items *it, const char **note, struct err *e)
{
	const char *columns[] = { "path", a->column, NULL };
	struct fetch f = {
		.d = p->d,
		.report = a->report,
		.columns = columns,
		.request = { .limit = -1 },
	};
	int rc;

	it->objects_only = strcmp(a->report, "footprint") == 0;
	memcpy(f.request.given, p->request->given, sizeof(f.request.given));
	f.request.given[PARAM_DEPTH] = strcmp(a->report, "objects") == 0
					       ? NULL
					       : DEPTH_OBJECTS;
	rc = fetch_rows(&f, keep_item, it, &p->f->arena, note, e);
	return rc ? err_prefix(e, "--attr %s", a->name) : 0;
}

static int tree(const struct plot *p,
		int draw(struct figure *, struct box, struct plot_node *,
			 struct err *),
		struct err *e)
{
	struct page_words words = { .note = "" };
	struct items it = { .f = p->f };
	const char *branch = p->request->given[PARAM_BRANCH];
	struct plot_node *root = NULL;
	const struct attr *a = NULL;
	struct box box;
	size_t depth = 0;
	int rc = find_attr(p, &a, e);

	if (!rc)
		rc = read_depth(p, &depth, e);
	if (!rc)
		rc = read_items(p, a, &it, &words.note, e);
	if (!rc)
		rc = plot_tree_build(&p->f->arena, it.list, it.n,
				     branch ? branch : "", depth, &root, e);
	if (!rc)
		rc = plot_source(p, wants_trace(a), &words.source, e);
	if (!rc) {
		words.title = figure_printf(p->f, "%s%s", a->title,
					    plot_branch_words(p));
		words.total = figure_printf(p->f, "%s (%s): %s%s",
					    figure_bytes(p->f, root->value),
					    plot_exact(p, root->value), a->unit,
					    plot_filter_words(p));
		page_begin(p->f, &words, &box);
		rc = draw(p->f, box, root, e);
	}
	free(it.list);
	return rc;
}

int plot_rings(const struct plot *p, struct err *e)
{
	return tree(p, draw_rings, e);
}

int plot_treemap(const struct plot *p, struct err *e)
{
	return tree(p, draw_treemap, e);
}
