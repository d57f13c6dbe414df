/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture as a list of shapes, in the order they are painted.  What draws
 * lays out shapes; what writes (svg.h, or cairo in the module) paints them.
 *
 * Lengths are px of CSS (1/96 inch), x to the right and y down from the top
 * left corner.  Angles are radians, clockwise from 12 o'clock.
 */
#ifndef PLOT_FIGURE_H
#define PLOT_FIGURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plot/ink.h"
#include "support/arena.h"
#include "support/err.h"

enum shape_type {
	SHAPE_SECTOR = 0, /* of a ring: x, y the centre */
	SHAPE_RECT,
	SHAPE_AREA, /* a closed polygon */
	SHAPE_LINE, /* an open one */
	SHAPE_TEXT, /* x: its left end, y: its baseline */
};

struct point {
	double x, y;
};

struct shape {
	enum shape_type type;
	double x, y, w, h; /* of a text: w as measured, h as font size */
	double inner, outer, from, to; /* of a sector */
	const struct point *points;
	size_t npoints;
	struct ink fill; /* of a line and a text: its colour */
	double edge;	 /* px of paper's colour around it, half of it inside */
	bool bold, dashed;
	/* What the shape represents, or NULL: a directory, a size class...
	 * SVG carries both, for readers and for tests. */
	const char *name;
	int64_t value;
	const char
		*text; /* of a text: clean UTF-8; else the tooltip, or NULL */
	struct shape *next;
};

/* How wide a text is: by pango in the program, by a rule in tests. */
struct text_measure {
	double (*width)(void *ctx, const char *text, double size, bool bold);
	void *ctx;
};

struct figure {
	double width, height;
	bool dark;
	const char *title; /* for readers that see no picture */
	struct text_measure measure;
	struct shape *first, **last;
	size_t nshapes;
	bool failed; /* memory was out: figure_done says so */
	struct arena arena;
};

/* The caller releases *f. */
void figure_init(struct figure *f, double width, double height, bool dark,
		 const struct text_measure *measure);
/* 0, or ERR_NOMEM where any of the calls below found no memory. */
int figure_done(const struct figure *f, struct err *e);
void figure_release(struct figure *f);

/* A new shape at the end, or one that nobody paints when memory is out. */
struct shape *figure_add(struct figure *f, enum shape_type type);
void figure_rect(struct figure *f, double x, double y, double w, double h,
		 struct ink fill);
void figure_line(struct figure *f, double x0, double y0, double x1, double y1,
		 struct ink colour, bool dashed);

/* Room for n points that live as long as the figure; NULL: no memory. */
struct point *figure_points(struct figure *f, size_t n);

/* A copy that lives as long as the figure; "" when memory is out. */
const char *figure_printf(struct figure *f, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* The same of a name that may hold any byte: control characters, letters that
 * turn the reading direction and broken UTF-8 show as \xNN. */
const char *figure_clean(struct figure *f, const char *name, size_t len);

double figure_text_width(const struct figure *f, const char *text, double size,
			 bool bold);

/* The text, or both its ends ("abc…xyz") where it is wider than width; NULL
 * where not even those fit. */
const char *figure_text_fit(struct figure *f, const char *text, double width,
			    double size, bool bold);

enum text_align { ALIGN_LEFT = 0, ALIGN_MIDDLE, ALIGN_RIGHT };

/* Text at x, one line; cut in its middle to fit width (0: as wide as it is).
 * Nothing is painted where not even "abc…xyz" fits. */
void figure_text(struct figure *f, double x, double baseline, double width,
		 double size, bool bold, enum text_align align,
		 struct ink colour, const char *text);

/* "4.1M" as the tables print it. */
const char *figure_bytes(struct figure *f, int64_t bytes);

#endif
