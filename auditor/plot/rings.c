/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/rings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plot/node_shape.h"

#define PI 3.14159265358979323846
#define LEGEND_WIDTH 250.0
#define LABEL_SIZE 12.0
/* Narrower than this at its outer edge (px) a sector cannot be seen. */
#define LEAST_ARC 3.0

struct rings {
	struct figure *f;
	double x, y, hole, ring; /* centre; radius of the hole; width */
	size_t levels;
	int64_t total;
};

static size_t levels_of(const struct plot_node *n)
{
	size_t most = 0;

	for (size_t i = 0; i < n->nchildren; i++) {
		size_t below = 1 + levels_of(n->children[i]);

		most = below > most ? below : most;
	}
	return most;
}

static bool inside(const struct rings *r, const struct shape *s, double x,
		   double y)
{
	double dx = x - r->x, dy = y - r->y, radius = hypot(dx, dy);
	double angle = atan2(dx, -dy), margin = 2 / (radius > 1 ? radius : 1);

	if (angle < 0)
		angle += 2 * PI;
	return radius >= s->inner + 2 && radius <= s->outer - 2 &&
	       (s->to - s->from > 2 * PI - 1e-6 ||
		(angle >= s->from + margin && angle <= s->to - margin));
}

/* A sector's edge may bend into the box between its corners: its sides are
 * tried at several places. */
static bool box_fits(const struct rings *r, const struct shape *s, double cx,
		     double cy, double w, double h)
{
	for (int i = 0; i <= 8; i++) {
		double x = cx - w / 2 + w * i / 8, y = cy - h / 2 + h * i / 8;

		if (!inside(r, s, x, cy - h / 2) ||
		    !inside(r, s, x, cy + h / 2) ||
		    !inside(r, s, cx - w / 2, y) ||
		    !inside(r, s, cx + w / 2, y))
			return false;
	}
	return true;
}

/* Name and size on two lines or on one, or the name alone, or nothing. */
static void label(const struct rings *r, const struct shape *s,
		  const struct plot_node *n)
{
	struct figure *f = r->f;
	const char *name = figure_clean(f, n->name, strlen(n->name));
	const char *amount = figure_bytes(f, n->value);
	const char *both = figure_printf(f, "%s %s", name, amount);
	double middle = (s->from + s->to) / 2,
	       radius = (s->inner + s->outer) / 2;
	double cx = r->x + radius * sin(middle),
	       cy = r->y - radius * cos(middle);
	double wide = figure_text_width(f, name, LABEL_SIZE, false);
	double also = figure_text_width(f, amount, LABEL_SIZE, false);
	struct ink ink = ink_on(s->fill);

	if (box_fits(r, s, cx, cy, fmax(wide, also), 2 * LABEL_SIZE + 4)) {
		figure_text(f, cx, cy - 2, 0, LABEL_SIZE, false, ALIGN_MIDDLE,
			    ink, name);
		figure_text(f, cx, cy + LABEL_SIZE, 0, LABEL_SIZE, false,
			    ALIGN_MIDDLE, ink, amount);
		return;
	}
	if (box_fits(r, s, cx, cy,
		     figure_text_width(f, both, LABEL_SIZE, false),
		     LABEL_SIZE + 2))
		name = both;
	else if (!box_fits(r, s, cx, cy, wide, LABEL_SIZE + 2))
		return;
	figure_text(f, cx, cy + LABEL_SIZE * 0.36, 0, LABEL_SIZE, false,
		    ALIGN_MIDDLE, ink, name);
}

static void sectors(const struct rings *r, const struct plot_node *n,
		    double from, double to, size_t level)
{
	double at = from;

	for (size_t i = 0; i < n->nchildren; i++) {
		const struct plot_node *child = n->children[i];
		double part = (to - from) * (double)child->value /
			      (double)n->value;
		struct shape *s = figure_add(r->f, SHAPE_SECTOR);

		s->x = r->x;
		s->y = r->y;
		s->inner = r->hole + r->ring * (double)level;
		s->outer = s->inner + r->ring;
		s->from = at;
		s->to = at + part;
		s->edge = 1;
		node_shape(r->f, s, child, r->total);
		label(r, s, child);
		sectors(r, child, at, at + part, level + 1);
		at += part;
	}
}

static void legend(struct figure *f, struct box box, const struct plot_node *n)
{
	struct legend_row *rows = calloc(n->nchildren + 1, sizeof(*rows));

	if (!rows) {
		f->failed = true;
		return;
	}
	for (size_t i = 0; i < n->nchildren; i++) {
		const struct plot_node *c = n->children[i];

		rows[i].colour = node_ink(f, c);
		rows[i].name = figure_clean(f, c->name, strlen(c->name));
		rows[i].amount = figure_bytes(f, c->value);
		rows[i].more = figure_printf(f, "%.1f%%",
					     100.0 * (double)c->value /
						     (double)n->value);
	}
	page_legend(f, box, rows, n->nchildren);
	free(rows);
}

int draw_rings(struct figure *f, struct box box, struct plot_node *root,
	       struct err *e)
{
	double side = fmin(box.h, fmax(box.w - LEGEND_WIDTH - 24, box.w * 0.5));
	struct rings r = {
		.f = f,
		.x = box.x + side / 2,
		.y = box.y + box.h / 2,
		.levels = levels_of(root),
		.total = root->value,
	};
	double radius = side / 2 - 2;
	int64_t least;
	int rc;

	if (!root->nchildren)
		return page_empty(f, box, "nothing to draw there"), 0;
	r.hole = radius / (double)(r.levels + 1) * 0.8;
	r.hole = fmin(fmax(r.hole, 40), radius / 2);
	r.ring = (radius - r.hole) / (double)r.levels;
	least = (int64_t)((double)root->value * LEAST_ARC / (2 * PI * radius));
	rc = plot_tree_gather(&f->arena, root, least, e);
	if (rc)
		return rc;
	sectors(&r, root, 0, 2 * PI, 0);
	figure_text(f, r.x, r.y + 5, 2 * r.hole - 8, 16, true, ALIGN_MIDDLE,
		    ink_of_role(INK_TEXT, f->dark),
		    figure_bytes(f, root->value));
	legend(f,
	       (struct box){ box.x + side + 24, box.y,
			     fmin(box.w - side - 24, 300), box.h },
	       root);
	return 0;
}
