/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/over_time.h"

#include <stdlib.h>
#include <string.h>

#include "query/fetch.h"
#include "support/intern.h"
#include "plot/chart.h"
#include "support/grow.h"

/* Rows that are kept for a picture: more are no more than a hostile database. */
#define ROWS_MAX 1000000
#define LAYERS_MAX 9
#define WASTE_STEPS "120"
/* Points of nothing before the first step. */
#define BEFORE 2
/* A layer is drawn where it is this part of all at some time: it would be less
 * than a line high. */
#define LAYER_PART 400

struct layer {
	const char *path;
	int64_t *values; /* at each step of the timeline */
	int64_t most;
};

struct step_row {
	int64_t start_ns, bytes;
	size_t layer;
};

struct timeline {
	struct figure *f;
	int64_t begin_ns, end_ns, peak_ns, peak_bytes;
	bool has_peak;
	struct intern paths;   /* a layer's number */
	struct step_row *rows; /* by time */
	size_t nrows, room;
	int64_t *starts; /* the steps */
	size_t nsteps;
	struct layer *layers;
	size_t nlayers;
	struct waste_point *waste;
	size_t nwaste, waste_room;
};

/* What was wasted at the end of a step, which begins then. */
struct waste_point {
	int64_t start_ns, bytes;
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

/* A trace that was imported by an older version has none. */
static int keep_waste(void *ctx, const struct fetched *row, struct err *e)
{
	struct timeline *t = ctx;

	if (row->null[1] || t->nwaste == ROWS_MAX)
		return 0;
	if (grow_room((void **)&t->waste, t->nwaste, &t->waste_room,
		      sizeof(*t->waste)))
		return err_nomem(e);
	t->waste[t->nwaste++] = (struct waste_point){ row->number[0],
						      row->number[1] };
	return 0;
}

static int keep_row(void *ctx, const struct fetched *row, struct err *e)
{
	struct timeline *t = ctx;
	const char *path = row->text[1] ? row->text[1] : "-";
	uint32_t layer = intern_add(&t->paths, path, strlen(path));

	if (layer == INTERN_NONE)
		return err_nomem(e);
	if (t->nrows == ROWS_MAX)
		return err_set(e, ERR_SIZE,
			       "more than %d steps: --branch shows a part",
			       ROWS_MAX);
	if (grow_room((void **)&t->rows, t->nrows, &t->room, sizeof(*t->rows)))
		return err_nomem(e);
	t->rows[t->nrows++] = (struct step_row){ row->number[0], row->number[2],
						 layer };
	return 0;
}

/* The times at which something changed, in order as the rows are. */
static int make_steps(struct timeline *t, struct err *e)
{
	t->starts = arena_calloc(&t->f->arena, t->nrows, sizeof(*t->starts));
	if (t->nrows && !t->starts)
		return err_nomem(e);
	for (size_t i = 0; i < t->nrows; i++)
		if (!i || t->rows[i].start_ns != t->rows[i - 1].start_ns)
			t->starts[t->nsteps++] = t->rows[i].start_ns;
	return 0;
}

static int make_layers(struct timeline *t, struct err *e)
{
	struct arena *a = &t->f->arena;

	t->nlayers = t->paths.count;
	t->layers = arena_calloc(a, t->nlayers, sizeof(*t->layers));
	if (t->nlayers && !t->layers)
		return err_nomem(e);
	for (size_t i = 0; i < t->nlayers; i++) {
		struct intern_text path = intern_get(&t->paths, (uint32_t)i);
		struct layer *l = &t->layers[i];

		l->path = figure_clean(t->f, path.text, path.len);
		l->values = arena_calloc(a, t->nsteps, sizeof(*l->values));
		if (t->nsteps && !l->values)
			return err_nomem(e);
	}
	return 0;
}

/* A step without a row of a layer is as the one before. */
static void fill(struct timeline *t)
{
	size_t at = 0;

	for (size_t s = 0; s < t->nsteps; s++) {
		for (size_t i = 0; i < t->nlayers && s; i++)
			t->layers[i].values[s] = t->layers[i].values[s - 1];
		for (; at < t->nrows && t->rows[at].start_ns == t->starts[s];
		     at++)
			t->layers[t->rows[at].layer].values[s] =
				t->rows[at].bytes;
		for (size_t i = 0; i < t->nlayers; i++)
			if (t->layers[i].values[s] > t->layers[i].most)
				t->layers[i].most = t->layers[i].values[s];
	}
}

static int by_most(const void *a, const void *b)
{
	const struct layer *x = a, *y = b;

	if (x->most != y->most)
		return x->most < y->most ? 1 : -1;
	return strcmp(x->path, y->path);
}

/* How many of the largest ones can be seen. */
static size_t visible(const struct timeline *t)
{
	double all = 0;
	size_t n = 0;

	for (size_t i = 0; i < t->nlayers; i++)
		all += (double)t->layers[i].most;
	while (n < t->nlayers && n < LAYERS_MAX &&
	       (double)t->layers[n].most * LAYER_PART >= all)
		n++;
	return n;
}

/* The largest ones, and the rest as one. */
static int gather(struct timeline *t, struct err *e)
{
	struct layer rest = { .most = 0 };
	size_t keep;

	if (t->nlayers)
		qsort(t->layers, t->nlayers, sizeof(*t->layers), by_most);
	keep = visible(t);
	if (t->nlayers <= keep + 1)
		return 0;
	rest.path = figure_printf(t->f, "other (%zu)", t->nlayers - keep);
	rest.values = arena_calloc(&t->f->arena, t->nsteps,
				   sizeof(*rest.values));
	if (!rest.values)
		return err_nomem(e);
	for (size_t i = keep; i < t->nlayers; i++)
		for (size_t k = 0; k < t->nsteps; k++)
			rest.values[k] += t->layers[i].values[k];
	t->layers[keep] = rest;
	t->nlayers = keep + 1;
	return 0;
}

/* Peak and waste are known of a whole trace. */
static bool is_whole(const struct plot *p)
{
	const char *const *given = p->request->given;

	return !given[PARAM_BRANCH] && !given[PARAM_MALLOC] &&
	       !given[PARAM_CACHE] && !given[PARAM_TRACING];
}

static void set_peak(const struct plot *p, const struct timeline *t,
		     struct chart *c)
{
	if (!t->has_peak || !is_whole(p))
		return;
	c->peak_x = (double)t->peak_ns / 1e9;
	c->peak_value = t->peak_bytes;
	c->peak_words = figure_printf(p->f, "peak: %s at %.3f s",
				      figure_bytes(p->f, t->peak_bytes),
				      c->peak_x);
}

/* What a step has at its end is drawn where the next one begins.  Before the
 * first of n steps, which may come late in the trace, there was nothing: two
 * more points. */
static double *make_x(const struct timeline *t, size_t n,
		      int64_t start(const struct timeline *t, size_t i))
{
	double *x = arena_calloc(&t->f->arena, n + BEFORE, sizeof(*x));

	if (!x)
		return NULL;
	x[0] = (double)t->begin_ns / 1e9;
	for (size_t i = 0; i < n; i++)
		x[1 + i] = (double)start(t, i) / 1e9;
	x[1 + n] = (double)t->end_ns / 1e9;
	return x;
}

static int64_t start_of_step(const struct timeline *t, size_t i)
{
	return t->starts[i];
}

static int64_t start_of_waste(const struct timeline *t, size_t i)
{
	return t->waste[i].start_ns;
}

static int64_t *make_values(const struct timeline *t, const int64_t *values)
{
	int64_t *all = arena_calloc(&t->f->arena, t->nsteps + BEFORE,
				    sizeof(*all));

	if (all && t->nsteps)
		memcpy(all + BEFORE, values, t->nsteps * sizeof(*all));
	return all;
}

static int set_waste(const struct plot *p, const struct timeline *t,
		     struct chart *c, struct err *e)
{
	double *x = make_x(t, t->nwaste, start_of_waste);
	int64_t *values = arena_calloc(&p->f->arena, t->nwaste + BEFORE,
				       sizeof(*values));

	if (!t->nwaste)
		return 0;
	if (!x || !values)
		return err_nomem(e);
	for (size_t i = 0; i < t->nwaste; i++)
		values[BEFORE + i] = t->waste[i].bytes;
	c->over_x = x;
	c->nover = t->nwaste + BEFORE;
	c->over = (struct series){ .name = "waste",
				   .colour = ink_of_role(INK_TEXT, p->f->dark),
				   .values = values,
				   .mark = t->waste[t->nwaste - 1].bytes };
	return 0;
}

static int draw(const struct plot *p, struct timeline *t, struct box box,
		struct err *e)
{
	struct series series[LAYERS_MAX + 1];
	struct chart c = { .axis = AXIS_SECONDS,
			   .nx = t->nsteps ? t->nsteps + BEFORE : 0,
			   .x = make_x(t, t->nsteps, start_of_step),
			   .series = series,
			   .nseries = t->nlayers,
			   .stacked = true };

	if (!c.x)
		return err_nomem(e);
	for (size_t i = 0; i < t->nlayers; i++) {
		const struct layer *l = &t->layers[i];
		bool rest = strncmp(l->path, "other (", 7) == 0;

		series[i] = (struct series){
			.name = l->path,
			.colour = rest ? ink_of_role(INK_REST, p->f->dark)
				       : ink_of_path(l->path, strlen(l->path),
						     p->f->dark),
			.values = make_values(t, l->values),
			.mark = l->values[t->nsteps - 1],
		};
		if (!series[i].values)
			return err_nomem(e);
	}
	set_peak(p, t, &c);
	if (set_waste(p, t, &c, e) < 0)
		return -(int)e->code;
	return draw_chart(p->f, box, &c, e);
}

static int read_waste(const struct plot *p, struct timeline *t, struct err *e)
{
	static const char *const columns[] = { "start_ns", "waste_bytes",
					       NULL };
	struct fetch f = { .d = p->d,
			   .report = "timeline",
			   .columns = columns,
			   .request = { .limit = -1 } };

	if (!is_whole(p))
		return 0;
	memcpy(f.request.given, p->request->given, sizeof(f.request.given));
	f.request.given[PARAM_RESOLUTION] = WASTE_STEPS;
	return fetch_rows(&f, keep_waste, t, &p->f->arena, NULL, e);
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
		rc = fetch_rows(&f, keep_row, t, &p->f->arena, note, e);
	if (!rc)
		rc = read_waste(p, t, e);
	if (!rc)
		rc = make_steps(t, e);
	if (!rc)
		rc = make_layers(t, e);
	if (rc)
		return rc;
	fill(t);
	return gather(t, e);
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
			end += t.layers[i].values[t.nsteps - 1];
		words.title = figure_printf(p->f,
					    "Live dynamic memory over time%s",
					    plot_branch_words(p));
		words.total = figure_printf(
			p->f,
			"%s (%s) alive at the end: kmalloc and kmem_cache memory%s",
			figure_bytes(p->f, end), plot_exact(p, end),
			plot_filter_words(p));
		page_begin(p->f, &words, &box);
		rc = draw(p, &t, box, e);
	}
	free(t.rows);
	free(t.waste);
	intern_release(&t.paths);
	return rc;
}
