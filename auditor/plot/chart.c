/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SMALL 12.0
#define LEGEND_WIDTH 230.0
#define LEGEND_GAP 24.0
/* Narrower curves show nothing: the legend goes before. */
#define CURVES_LEAST 140.0
#define LEFT 70.0
#define BOTTOM 44.0
#define TICKS 5
/* So far are lines of the grid from each other (px), for what they say. */
#define TICK_LEAST 20.0

struct axes {
	struct figure *f;
	struct box in; /* where the curves are */
	double x0, x1, top;
};

/* The next "round" step of bytes: 1, 2, 4, 5... of a power of 1024, or 10. */
static double nice_step(double least, bool binary)
{
	static const double tens[] = { 1, 2, 5 };
	double base = 1;

	if (binary) {
		while (base * 2 <= least)
			base *= 2;
		return base < least ? base * 2 : base;
	}
	base = pow(10, floor(log10(least)));
	for (int i = 0; i < 3; i++)
		if (tens[i] * base >= least * (1 - 1e-9))
			return tens[i] * base;
	return 10 * base;
}

static int64_t sum_at(const struct chart *c, size_t i)
{
	int64_t sum = 0;

	for (size_t s = 0; s < c->nseries; s++)
		sum += c->series[s].values[i];
	return sum;
}

static double highest(const struct chart *c)
{
	double top = c->peak_words ? (double)c->peak_value : 0;

	for (size_t i = 0; i < c->nx; i++) {
		if (c->stacked)
			top = fmax(top, (double)sum_at(c, i));
		for (size_t s = 0; s < c->nseries && !c->stacked; s++)
			top = fmax(top, (double)c->series[s].values[i]);
	}
	for (size_t i = 0; i < c->nover; i++)
		top = fmax(top, (double)c->over.values[i]);
	return top > 0 ? top : 1;
}

static double place_x(const struct axes *a, double x)
{
	double width = a->x1 - a->x0;

	return a->in.x + a->in.w * (width > 0 ? (x - a->x0) / width : 0.5);
}

static double place_y(const struct axes *a, double y)
{
	return a->in.y + a->in.h * (1 - y / a->top);
}

static double x_of(const struct chart *c, size_t i)
{
	return c->axis == AXIS_SECONDS ? c->x[i] : (double)i;
}

static void y_axis(const struct axes *a)
{
	struct figure *f = a->f;
	double ticks = fmin(TICKS, fmax(1, floor(a->in.h / TICK_LEAST)));
	double step = nice_step(a->top / ticks, true);

	figure_text(f, a->in.x - 8, a->in.y - 10, LEFT - 10, SMALL, false,
		    ALIGN_RIGHT, ink_of_role(INK_FAINT, f->dark), "bytes");
	for (double y = 0; y <= a->top * 1.0001; y += step) {
		double at = place_y(a, y);

		figure_line(f, a->in.x, at, a->in.x + a->in.w, at,
			    ink_of_role(INK_RULE, f->dark), false);
		figure_text(f, a->in.x - 8, at + 4, LEFT - 10, SMALL, false,
			    ALIGN_RIGHT, ink_of_role(INK_FAINT, f->dark),
			    figure_bytes(f, (int64_t)y));
	}
}

static void seconds_axis(const struct axes *a)
{
	struct figure *f = a->f;
	double width = a->x1 - a->x0, step, y = a->in.y + a->in.h + 16;
	struct ink ink = ink_of_role(INK_FAINT, f->dark);

	if (width <= 0)
		return;
	step = nice_step(width / 8, false);
	for (double x = ceil(a->x0 / step) * step; x <= a->x1; x += step) {
		double at = place_x(a, x);

		figure_line(f, at, y - 16, at, y - 11, ink, false);
		/* Not where it would leave the page. */
		if (at - a->in.x > 12 && a->in.x + a->in.w - at > 12)
			figure_text(
				f, at, y, 0, SMALL, false, ALIGN_MIDDLE, ink,
				figure_printf(f, "%.*f", step < 1 ? 3 : 0, x));
	}
	figure_text(f, a->in.x + a->in.w, y + 18, a->in.w + LEFT, SMALL, false,
		    ALIGN_RIGHT, ink, "seconds on the clock of the trace");
}

/* As many labels as do not touch each other; the first and the last always. */
static void labels_axis(const struct axes *a, const struct chart *c)
{
	struct figure *f = a->f;
	double y = a->in.y + a->in.h + 16, width = 0, gap;
	double free = f->width; /* to the right end of what may be written */
	size_t every;

	for (size_t i = 0; i < c->nx; i++)
		width = fmax(width,
			     figure_text_width(f, c->labels[i], SMALL, false));
	width = fmin(width, 140) + 10;
	gap = c->nx > 1 ? a->in.w / (double)(c->nx - 1) : a->in.w;
	every = (size_t)fmax(1, ceil(width / gap));
	for (size_t i = c->nx; i-- > 0;) {
		double at = place_x(a, (double)i), half = width / 2;

		if (i && ((c->nx - 1 - i) % every || i < every))
			continue;
		if (!i && c->nx > 1 && c->nx - 1 < every)
			continue;
		at = fmin(fmax(at, half), f->width - half);
		/* The last one may have been moved towards its neighbour. */
		if (at + half > free)
			continue;
		free = at - half;
		figure_text(f, at, y, width - 8, SMALL, false, ALIGN_MIDDLE,
			    ink_of_role(INK_FAINT, f->dark), c->labels[i]);
	}
}

static void layer(const struct axes *a, const struct chart *c, size_t index,
		  int64_t *below)
{
	struct point *p = figure_points(a->f, 2 * c->nx);
	const struct series *s = &c->series[index];
	struct shape *shape;

	if (!p)
		return;
	for (size_t i = 0; i < c->nx; i++) {
		double x = place_x(a, x_of(c, i));

		p[2 * c->nx - 1 - i] =
			(struct point){ x, place_y(a, (double)below[i]) };
		below[i] += s->values[i];
		p[i] = (struct point){ x, place_y(a, (double)below[i]) };
	}
	shape = figure_add(a->f, SHAPE_AREA);
	shape->points = p;
	shape->npoints = 2 * c->nx;
	shape->fill = s->colour;
	shape->edge = 0.5;
	shape->name = s->name;
	shape->value = s->mark;
	shape->text = figure_printf(a->f, "%s: %lld bytes", s->name,
				    (long long)s->mark);
}

/* x: NULL where the places are numbers from 0. */
static void line(const struct axes *a, const struct series *s, const double *x,
		 size_t n)
{
	struct point *p = figure_points(a->f, n);
	struct shape *shape;

	if (!p)
		return;
	for (size_t i = 0; i < n; i++) {
		double at = x ? x[i] : (double)i;

		p[i] = (struct point){ place_x(a, fmin(fmax(at, a->x0), a->x1)),
				       place_y(a, (double)s->values[i]) };
	}
	shape = figure_add(a->f, SHAPE_LINE);
	shape->points = p;
	shape->npoints = n;
	shape->w = 2;
	shape->fill = s->colour;
	shape->name = s->name;
	shape->value = s->mark;
}

/* Its label is above it, as near as the sides of the chart allow. */
static void peak(const struct axes *a, const struct chart *c)
{
	struct figure *f = a->f;
	struct ink ink = ink_of_role(INK_TEXT, f->dark);
	double x = place_x(a, c->peak_x), y = place_y(a, (double)c->peak_value);
	const char *words = c->peak_words;
	double w = figure_text_width(f, words, SMALL, true) + 8, left;

	figure_line(f, x, y, x, a->in.y + a->in.h, ink, true);
	if (w > a->in.w) {
		words = figure_bytes(f, c->peak_value);
		w = figure_text_width(f, words, SMALL, true) + 8;
	}
	left = fmax(a->in.x, fmin(x - w / 2, a->in.x + a->in.w - w));
	figure_rect(f, left, y - 19, w, 17, ink_of_role(INK_PAPER, f->dark));
	figure_text(f, left + 4, y - 6, 0, SMALL, true, ALIGN_LEFT, ink, words);
}

static int curves(const struct axes *a, const struct chart *c, struct err *e)
{
	int64_t *below = calloc(c->nx + 1, sizeof(*below));

	if (!below)
		return err_nomem(e);
	for (size_t i = 0; i < c->nseries; i++) {
		if (c->stacked)
			layer(a, c, i, below);
		else
			line(a, &c->series[i], c->x, c->nx);
	}
	free(below);
	if (c->nover)
		line(a, &c->over, c->over_x, c->nover);
	return 0;
}

/* Of lines, which ends next highest after `at`: those of one height in their
 * own order. */
static size_t next_lower(const struct chart *c, size_t at, bool first)
{
	size_t best = c->nseries;

	for (size_t i = 0; i < c->nseries; i++) {
		const int64_t mark = c->series[i].mark;

		if (!first && (mark > c->series[at].mark ||
			       (mark == c->series[at].mark && i <= at)))
			continue;
		if (best == c->nseries || mark > c->series[best].mark)
			best = i;
	}
	return best;
}

/* In the order in which layers lie on each other, and in which lines end: who
 * sees no colours can tell them by it. */
static void legend(struct figure *f, struct box box, const struct chart *c)
{
	struct legend_row *rows = calloc(c->nseries + 2, sizeof(*rows));
	size_t n = c->nseries, at = 0;

	if (!rows) {
		f->failed = true;
		return;
	}
	for (size_t i = 0; i < c->nseries; i++) {
		at = c->stacked ? c->nseries - 1 - i
				: next_lower(c, at, i == 0);

		rows[i].colour = c->series[at].colour;
		rows[i].name = c->series[at].name;
		rows[i].amount = figure_bytes(f, c->series[at].mark);
		rows[i].more = c->series[at].words ? c->series[at].words : "";
	}
	if (c->nover)
		rows[n++] = (struct legend_row){
			.colour = c->over.colour,
			.name = figure_printf(f, "%s (line)", c->over.name),
			.amount = figure_bytes(f, c->over.mark),
			.more = "",
		};
	page_legend(f, box, rows, n);
	free(rows);
}

int draw_chart(struct figure *f, struct box box, const struct chart *c,
	       struct err *e)
{
	struct axes a = {
		.f = f,
		.in = { box.x + LEFT, box.y + 22, box.w - LEFT,
			box.h - BOTTOM - 22 },
	};
	double beside = fmin(LEGEND_WIDTH, box.w * 0.4);
	bool has_legend = a.in.w - beside - LEGEND_GAP >= CURVES_LEAST;
	int rc;

	if (has_legend)
		a.in.w -= beside + LEGEND_GAP;

	if (!c->nx || !c->nseries)
		return page_empty(f, box, "nothing to draw there"), 0;
	a.x0 = x_of(c, 0);
	a.x1 = x_of(c, c->nx - 1);
	a.top = highest(c) * 1.04;
	y_axis(&a);
	rc = curves(&a, c, e);
	if (rc)
		return rc;
	if (c->axis == AXIS_SECONDS)
		seconds_axis(&a);
	else
		labels_axis(&a, c);
	if (c->peak_words)
		peak(&a, c);
	if (has_legend)
		legend(f,
		       (struct box){ a.in.x + a.in.w + LEGEND_GAP, box.y + 18,
				     beside, box.h - 18 },
		       c);
	return 0;
}
