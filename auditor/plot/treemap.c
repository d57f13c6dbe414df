/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Squarified treemap: rows along the shorter side, each closed when another
 * rectangle would make its worst one more oblong (M. Bruls, K. Huizing,
 * J. van Wijk, "Squarified Treemaps", 2000).
 */
#include "plot/treemap.h"

#include <math.h>
#include <string.h>

#include "plot/node_shape.h"

#define LABEL_SIZE 12.0
#define HEADING 17.0
/* A rectangle below this area (px) cannot be seen. */
#define LEAST_AREA 40.0
/* Levels below this one would be dust. */
#define LEVELS_MAX 8

#define HEADINGS_MAX 256

struct map {
	struct figure *f;
	int64_t total;
	bool labels;	  /* the second pass */
	const char *over; /* path of the first level that is being labelled */
	struct box headings[HEADINGS_MAX];
	size_t nheadings;
};

static double worst(double row, double least, double most, double side)
{
	double s2 = side * side, r2 = row * row;

	return fmax(s2 * most / r2, r2 / (s2 * least));
}

static void rectangle(struct map *m, const struct plot_node *n, struct box b,
		      int level);

/* Lays children from .. to in one row at the box's start; *b is the rest. */
static void lay_row(struct map *m, const struct plot_node *n, size_t from,
		    size_t to, double row, double scale, struct box *b,
		    int level)
{
	bool tall = b->h <= b->w; /* the row is a column at the left */
	double side = tall ? b->h : b->w, thick = side > 0 ? row / side : 0;
	double at = tall ? b->y : b->x;

	for (size_t i = from; i < to; i++) {
		const struct plot_node *c = n->children[i];
		double len = thick > 0 ? (double)c->value * scale / thick : 0;
		struct box own = tall ? (struct box){ b->x, at, thick, len }
				      : (struct box){ at, b->y, len, thick };

		rectangle(m, c, own, level);
		at += len;
	}
	if (tall) {
		b->x += thick;
		b->w -= thick;
	} else {
		b->y += thick;
		b->h -= thick;
	}
}

static void lay_children(struct map *m, const struct plot_node *n, struct box b,
			 int level)
{
	double scale = b.w * b.h / (double)n->value;
	size_t from = 0;

	while (from < n->nchildren) {
		double side = fmin(b.w, b.h), row = 0, most, ratio = INFINITY;
		size_t to = from;

		most = (double)n->children[from]->value * scale;
		while (to < n->nchildren) {
			double area = (double)n->children[to]->value * scale;
			double next = worst(row + area, area, most, side);

			if (next > ratio)
				break;
			ratio = next;
			row += area;
			to++;
		}
		/* Sides of 0, where rounding ate the box: all that is left. */
		if (to == from)
			to = n->nchildren;
		lay_row(m, n, from, to, row, scale, &b, level);
		from = to;
	}
}

/* What lies over the rectangles of its children: a name on a ground of its
 * own, so that areas stay in proportion to the numbers on every level. */
static void heading(struct map *m, const struct plot_node *n, struct box b)
{
	struct figure *f = m->f;
	const char *name = figure_clean(f, n->name, strlen(n->name));
	const char *words = figure_printf(f, "%s  %s", name,
					  figure_bytes(f, n->value));
	struct ink ground = node_ink(f, n);
	struct box *at = &m->headings[m->nheadings];

	if (b.w < 36 || b.h < HEADING + 2 || m->nheadings == HEADINGS_MAX)
		return;
	if (figure_text_width(f, words, LABEL_SIZE, true) > b.w - 10)
		words = figure_text_fit(f, name, b.w - 10, LABEL_SIZE, true);
	if (!words)
		return;
	*at = (struct box){ b.x + 1, b.y + 1,
			    figure_text_width(f, words, LABEL_SIZE, true) + 8,
			    HEADING };
	m->nheadings++;
	figure_rect(f, at->x, at->y, at->w, at->h, ground);
	figure_text(f, at->x + 4, at->y + 13, 0, LABEL_SIZE, true, ALIGN_LEFT,
		    ink_on(ground), words);
}

static bool overlap(struct box a, struct box b)
{
	return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h &&
	       b.y < a.y + a.h;
}

static bool is_free(const struct map *m, struct box b)
{
	for (size_t i = 0; i < m->nheadings; i++)
		if (overlap(m->headings[i], b))
			return false;
	return true;
}

/* What a rectangle is called in so much room: its path below the heading, which
 * tells one core.o from the next; its name; as much of that as fits; NULL. */
static const char *label_name(const struct map *m, const struct plot_node *n,
			      double width)
{
	struct figure *f = m->f;
	size_t over = strlen(m->over);
	const char *name = figure_clean(f, n->name, strlen(n->name));

	if (strncmp(n->path, m->over, over) == 0 && n->path[over] == '/') {
		const char *below = n->path + over + 1;

		below = figure_clean(f, below, strlen(below));
		if (figure_text_width(f, below, LABEL_SIZE, false) <= width)
			return below;
	}
	return figure_text_fit(f, name, width, LABEL_SIZE, false);
}

/* Name and size of one without children, below the headings over it.  A size
 * without a name would say nothing. */
static void label(const struct map *m, const struct plot_node *n, struct box b)
{
	struct figure *f = m->f;
	const char *amount = figure_bytes(f, n->value), *name;
	double also = figure_text_width(f, amount, LABEL_SIZE, false);
	struct ink ink = ink_on(node_ink(f, n));
	struct box line = { b.x + 3, b.y + 2, b.w - 6, LABEL_SIZE + 3 };

	if (b.w < 30)
		return;
	for (int tries = 0; tries < 2 && !is_free(m, line); tries++)
		line.y += HEADING;
	if (!is_free(m, line) || line.y + line.h > b.y + b.h)
		return;
	name = label_name(m, n, line.w);
	if (!name)
		return;
	figure_text(f, line.x, line.y + LABEL_SIZE - 1, 0, LABEL_SIZE, false,
		    ALIGN_LEFT, ink, name);
	line.y += LABEL_SIZE + 3;
	if (line.y + line.h <= b.y + b.h && also <= line.w && is_free(m, line))
		figure_text(f, line.x, line.y + LABEL_SIZE - 1, 0, LABEL_SIZE,
			    false, ALIGN_LEFT, ink, amount);
}

static void rectangle(struct map *m, const struct plot_node *n, struct box b,
		      int level)
{
	bool parent = n->nchildren && level < LEVELS_MAX;
	struct shape *s;

	if (level == 1)
		m->over = n->path;
	if (m->labels) {
		if (level == 1 && parent)
			heading(m, n, b);
		if (!parent)
			label(m, n, b);
	} else {
		s = figure_add(m->f, SHAPE_RECT);
		s->x = b.x;
		s->y = b.y;
		s->w = b.w;
		s->h = b.h;
		s->edge = level == 1 ? 3 : 0.8;
		node_shape(m->f, s, n, m->total);
	}
	if (parent)
		lay_children(m, n, b, level + 1);
}

int draw_treemap(struct figure *f, struct box box, struct plot_node *root,
		 struct err *e)
{
	struct map m = { .f = f, .total = root->value };
	int64_t least;
	int rc;

	if (!root->nchildren)
		return page_empty(f, box, "nothing to draw there"), 0;
	least = (int64_t)((double)root->value * LEAST_AREA / (box.w * box.h));
	rc = plot_tree_gather(&f->arena, root, least, e);
	if (rc)
		return rc;
	/* All words are painted after all rectangles. */
	lay_children(&m, root, box, 1);
	m.labels = true;
	lay_children(&m, root, box, 1);
	return 0;
}
