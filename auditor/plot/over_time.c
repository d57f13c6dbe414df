/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/over_time.h"

#include <stdlib.h>
#include <string.h>

#include "plot/fetch.h"
#include "plot/chart.h"

/* As in the report timeline-by-branch. */
#define STEPS 200
#define LAYERS_MAX 9

struct layer {
	const char *path;
	int64_t values[STEPS];
	int64_t most;
	bool set[STEPS];
};

struct timeline {
	struct figure *f;
	int64_t begin_ns, end_ns, peak_ns, peak_bytes;
	bool has_peak;
	struct layer **layers;
	size_t nlayers, room;
};

static int keep_span(void *ctx, const struct fetched *row, struct err *e)
{
	struct timeline *t = ctx;

	(void)e;
	t->begin_ns = row->number[0];
	t->end_ns = row->number[1];
	t->peak_ns = row->number[2];
	t->peak_bytes = row->number[3];
	t->has_peak = !row->null[2];
	return 0;
}

static int64_t step_width(const struct timeline *t)
{
	return (t->end_ns - t->begin_ns) / STEPS + 1;
}

static int find_layer(struct timeline *t, const char *path, struct layer **ret,
		      struct err *e)
{
	struct layer *l;

	/* Rows come by time: the newest layers are looked at first. */
	for (size_t i = 0; i < t->nlayers; i++) {
		if (strcmp(t->layers[i]->path, path) == 0) {
			*ret = t->layers[i];
			return 0;
		}
	}
	if (t->nlayers == t->room) {
		size_t room = t->room ? 2 * t->room : 32;
		struct layer **more = reallocarray(t->layers, room,
						   sizeof(*more));

		if (!more)
			return err_nomem(e);
		t->layers = more;
		t->room = room;
	}
	l = arena_alloc(&t->f->arena, sizeof(*l));
	if (!l)
		return err_nomem(e);
	l->path = figure_clean(t->f, path, strlen(path));
	t->layers[t->nlayers++] = l;
	*ret = l;
	return 0;
}

static int keep_step(void *ctx, const struct fetched *row, struct err *e)
{
	struct timeline *t = ctx;
	int64_t step = (row->number[0] - t->begin_ns) / step_width(t);
	struct layer *l = NULL;
	int rc = find_layer(t, row->text[1] ? row->text[1] : "-", &l, e);

	if (rc || step < 0 || step >= STEPS)
		return rc;
	l->values[step] = row->number[2];
	l->set[step] = true;
	return 0;
}

/* A step without a row is as the one before. */
static void fill(struct layer *l)
{
	for (size_t i = 0; i < STEPS; i++) {
		if (!l->set[i])
			l->values[i] = i ? l->values[i - 1] : 0;
		if (l->values[i] > l->most)
			l->most = l->values[i];
	}
}

static int by_most(const void *a, const void *b)
{
	const struct layer *x = *(struct layer *const *)a;
	const struct layer *y = *(struct layer *const *)b;

	if (x->most != y->most)
		return x->most < y->most ? 1 : -1;
	return strcmp(x->path, y->path);
}

/* The largest ones, and the rest as one. */
static int gather(struct timeline *t, struct err *e)
{
	struct layer *rest;

	for (size_t i = 0; i < t->nlayers; i++)
		fill(t->layers[i]);
	if (t->nlayers)
		qsort(t->layers, t->nlayers, sizeof(struct layer *), by_most);
	if (t->nlayers <= LAYERS_MAX + 1)
		return 0;
	rest = arena_alloc(&t->f->arena, sizeof(*rest));
	if (!rest)
		return err_nomem(e);
	rest->path = figure_printf(t->f, "other (%zu)",
				   t->nlayers - LAYERS_MAX);
	for (size_t i = LAYERS_MAX; i < t->nlayers; i++)
		for (size_t k = 0; k < STEPS; k++)
			rest->values[k] += t->layers[i]->values[k];
	t->layers[LAYERS_MAX] = rest;
	t->nlayers = LAYERS_MAX + 1;
	return 0;
}

static void set_peak(const struct plot *p, const struct timeline *t,
		     struct chart *c)
{
	const char *const *given = p->request->given;

	/* It is that of the whole trace. */
	if (!t->has_peak || given[PARAM_BRANCH] || given[PARAM_MALLOC] ||
	    given[PARAM_CACHE] || given[PARAM_TRACING])
		return;
	c->peak_x = (double)t->peak_ns / 1e9;
	c->peak_value = t->peak_bytes;
	c->peak_words = figure_printf(p->f, "peak: %s at %.3f s",
				      figure_bytes(p->f, t->peak_bytes),
				      c->peak_x);
}

static int draw(const struct plot *p, struct timeline *t, struct box box,
		struct err *e)
{
	struct series series[LAYERS_MAX + 1];
	struct chart c = { .axis = AXIS_SECONDS,
			   .nx = STEPS,
			   .series = series,
			   .nseries = t->nlayers,
			   .stacked = true };
	double x[STEPS];

	for (size_t i = 0; i < STEPS; i++)
		x[i] = (double)(t->begin_ns +
				(int64_t)(i + 1) * step_width(t)) /
		       1e9;
	c.x = x;
	for (size_t i = 0; i < t->nlayers; i++) {
		const struct layer *l = t->layers[i];
		bool rest = strncmp(l->path, "other (", 7) == 0;

		series[i] = (struct series){
			.name = l->path,
			.colour = rest ? ink_of_role(INK_REST, p->f->dark)
				       : ink_of_path(l->path, strlen(l->path),
						     p->f->dark),
			.values = l->values,
			.mark = l->values[STEPS - 1],
		};
	}
	set_peak(p, t, &c);
	return draw_chart(p->f, box, &c, e);
}

static int read_timeline(const struct plot *p, struct timeline *t,
			 const char **note, struct err *e)
{
	static const char *const span[] = { "begin_ns", "end_ns", "peak_ns",
					    "peak_bytes", NULL };
	static const char *const steps[] = { "start_ns", "path", "live_bytes",
					     NULL };
	struct fetch f = { .d = p->d,
			   .report = "plot/peak",
			   .columns = span,
			   .request = { .limit = -1 },
			   .pick = true };
	int rc;

	memcpy(f.request.given, p->request->given, sizeof(f.request.given));
	rc = fetch_rows(&f, keep_span, t, &p->f->arena, NULL, e);
	f.report = "timeline-by-branch";
	f.columns = steps;
	f.pick = false;
	if (!rc)
		rc = fetch_rows(&f, keep_step, t, &p->f->arena, note, e);
	return rc ? rc : gather(t, e);
}

int plot_timeline(const struct plot *p, struct err *e)
{
	struct page_words words = { .note = "" };
	struct timeline t = { .f = p->f };
	int64_t end = 0;
	struct box box;
	int rc = plot_no_attr(p, e);

	if (!rc)
		rc = read_timeline(p, &t, &words.note, e);
	if (!rc)
		rc = plot_source(p, true, &words.source, e);
	if (!rc) {
		for (size_t i = 0; i < t.nlayers; i++)
			end += t.layers[i]->values[STEPS - 1];
		words.title = figure_printf(p->f,
					    "Live dynamic memory over time%s",
					    plot_branch_words(p));
		words.total = figure_printf(
			p->f,
			"%s (%s) of kmalloc and kmem_cache memory alive at the end",
			figure_bytes(p->f, end), plot_exact(p, end));
		page_begin(p->f, &words, &box);
		rc = draw(p, &t, box, e);
	}
	free(t.layers);
	return rc;
}
