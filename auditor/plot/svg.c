/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/svg.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "render/escape.h"

#define PI 3.14159265358979323846
#define FONTS "DejaVu Sans, Verdana, Arial, sans-serif"

static void xml(FILE *out, const char *text)
{
	size_t left = strlen(text);

	while (left) {
		struct xml_char c = xml_char(text, left);

		fwrite(c.text, 1, c.len, out);
		text += c.taken;
		left -= c.taken;
	}
}

/* Two digits after the point, and no more than are needed. */
static void number(FILE *out, double v)
{
	char text[40];
	int n = snprintf(text, sizeof(text), "%.2f", v);

	while (n > 1 && text[n - 1] == '0')
		n--;
	if (n > 1 && text[n - 1] == '.')
		n--;
	fprintf(out, "%.*s", n, text);
}

static void attribute(FILE *out, const char *name, double v)
{
	fprintf(out, " %s=\"", name);
	number(out, v);
	fputc('"', out);
}

static void colour(FILE *out, const char *name, struct ink c)
{
	fprintf(out, " %s=\"#%02x%02x%02x\"", name, (unsigned)lround(c.r * 255),
		(unsigned)lround(c.g * 255), (unsigned)lround(c.b * 255));
}

static void pair(FILE *out, const char *before, double x, double y)
{
	fputs(before, out);
	number(out, x);
	fputc(' ', out);
	number(out, y);
}

static void on_circle(FILE *out, const char *before, const struct shape *s,
		      double radius, double angle)
{
	pair(out, before, s->x + radius * sin(angle),
	     s->y - radius * cos(angle));
}

static void arc(FILE *out, const struct shape *s, double radius, double from,
		double to)
{
	pair(out, "A", radius, radius);
	fprintf(out, " 0 %d %d", fabs(to - from) > PI, to > from);
	on_circle(out, " ", s, radius, to);
}

static void sector(FILE *out, const struct shape *s)
{
	double to = s->to, middle = (s->from + s->to) / 2;

	fputs("<path d=\"", out);
	/* An arc cannot be a whole circle: two halves always are. */
	on_circle(out, "M", s, s->outer, s->from);
	arc(out, s, s->outer, s->from, middle);
	arc(out, s, s->outer, middle, to);
	on_circle(out, "L", s, s->inner, to);
	arc(out, s, s->inner, to, middle);
	arc(out, s, s->inner, middle, s->from);
	fputs("Z\"", out);
	/* What it was drawn from, for who reads the file. */
	attribute(out, "data-angle", (s->to - s->from) * 180 / PI);
}

static void points(FILE *out, const struct shape *s)
{
	for (size_t i = 0; i < s->npoints; i++)
		pair(out, i ? " " : "", s->points[i].x, s->points[i].y);
}

static void text(FILE *out, const struct shape *s)
{
	fputs("<text", out);
	attribute(out, "x", s->x);
	attribute(out, "y", s->y);
	attribute(out, "font-size", s->h);
	/* Other fonts are wider: this keeps words where there is room. */
	attribute(out, "textLength", s->w);
	fputs(" lengthAdjust=\"spacingAndGlyphs\"", out);
	colour(out, "fill", s->fill);
	fputs(s->bold ? " font-weight=\"bold\">" : ">", out);
	xml(out, s->text);
	fputs("</text>\n", out);
}

static void open_shape(FILE *out, const struct shape *s)
{
	switch (s->type) {
	case SHAPE_SECTOR:
		sector(out, s);
		break;
	case SHAPE_RECT:
		fputs("<rect", out);
		attribute(out, "x", s->x);
		attribute(out, "y", s->y);
		attribute(out, "width", s->w);
		attribute(out, "height", s->h);
		break;
	case SHAPE_AREA:
		fputs("<polygon points=\"", out);
		points(out, s);
		fputc('"', out);
		break;
	case SHAPE_LINE:
	case SHAPE_TEXT:
		fputs("<polyline points=\"", out);
		points(out, s);
		fputc('"', out);
		break;
	}
}

static void shape(const struct figure *f, const struct shape *s, FILE *out)
{
	open_shape(out, s);
	if (s->type == SHAPE_LINE) {
		fputs(" fill=\"none\"", out);
		colour(out, "stroke", s->fill);
		attribute(out, "stroke-width", s->w);
		if (s->dashed)
			fputs(" stroke-dasharray=\"4 3\"", out);
	} else {
		colour(out, "fill", s->fill);
	}
	if (s->edge > 0) {
		colour(out, "stroke", ink_of_role(INK_PAPER, f->dark));
		attribute(out, "stroke-width", s->edge);
	}
	if (s->name) {
		fputs(" data-name=\"", out);
		xml(out, s->name);
		fprintf(out, "\" data-value=\"%" PRId64 "\"", s->value);
	}
	if (s->text) {
		fputs("><title>", out);
		xml(out, s->text);
		fprintf(out, "</title></%s>\n",
			s->type == SHAPE_SECTOR ? "path"
			: s->type == SHAPE_RECT ? "rect"
			: s->type == SHAPE_AREA ? "polygon"
						: "polyline");
	} else {
		fputs("/>\n", out);
	}
}

void svg_write(const struct figure *f, FILE *out)
{
	fputs("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"", out);
	attribute(out, "width", f->width);
	attribute(out, "height", f->height);
	fputs(" viewBox=\"0 0 ", out);
	pair(out, "", f->width, f->height);
	fputs("\" font-family=\"" FONTS "\">\n<title>", out);
	xml(out, f->title);
	fputs("</title>\n", out);
	for (const struct shape *s = f->first; s; s = s->next) {
		if (s->type == SHAPE_TEXT)
			text(out, s);
		else
			shape(f, s, out);
	}
	fputs("</svg>\n", out);
}
