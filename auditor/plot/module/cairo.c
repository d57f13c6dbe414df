/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>

#include "plot/plot_room.h"

#define PI 3.14159265358979323846
#define FONTS "DejaVu Sans, Verdana, Arial, sans-serif"

struct text_ruler {
	cairo_surface_t *surface;
	cairo_t *cairo;
	PangoLayout *layout;
};

/* Hinting off: text is as wide in a picture of twice the pixels. */
static PangoLayout *make_layout(cairo_t *c)
{
	PangoLayout *layout = pango_cairo_create_layout(c);
	cairo_font_options_t *o = cairo_font_options_create();

	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
	pango_cairo_context_set_font_options(pango_layout_get_context(layout),
					     o);
	cairo_font_options_destroy(o);
	pango_layout_set_single_paragraph_mode(layout, TRUE);
	return layout;
}

static void set_text(PangoLayout *layout, const char *text, double size,
		     bool bold)
{
	PangoFontDescription *d = pango_font_description_from_string(FONTS);

	pango_font_description_set_absolute_size(d, size * PANGO_SCALE);
	pango_font_description_set_weight(d, bold ? PANGO_WEIGHT_BOLD
						  : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(layout, d);
	pango_font_description_free(d);
	pango_layout_set_text(layout, text, -1);
}

static void ruler_close(struct text_ruler *r)
{
	if (!r)
		return;
	if (r->layout)
		g_object_unref(r->layout);
	cairo_destroy(r->cairo);
	cairo_surface_destroy(r->surface);
	free(r);
}

static double text_width(void *ctx, const char *text, double size, bool bold)
{
	struct text_ruler *r = ctx;
	int width;

	set_text(r->layout, text, size, bold);
	pango_layout_get_size(r->layout, &width, NULL);
	return (double)width / PANGO_SCALE;
}

static int ruler_open(struct text_ruler **ret, struct err *e)
{
	struct text_ruler *r = calloc(1, sizeof(*r));

	if (!r)
		return err_nomem(e);
	r->surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
	r->cairo = cairo_create(r->surface);
	if (cairo_status(r->cairo) != CAIRO_STATUS_SUCCESS) {
		ruler_close(r);
		return err_nomem(e);
	}
	r->layout = make_layout(r->cairo);
	/* Without a font every letter is an empty box, or nothing at all. */
	if (pango_layout_get_unknown_glyphs_count(r->layout) > 0 ||
	    text_width(r, "kmemdb", 12, false) < 12) {
		ruler_close(r);
		return err_set(
			e, ERR_IO,
			"no font to write with: install one, for example fonts-dejavu-core");
	}
	set_text(r->layout, "kmemdb", 12, false);
	if (pango_layout_get_unknown_glyphs_count(r->layout) > 0) {
		ruler_close(r);
		return err_set(
			e, ERR_IO,
			"no font to write with: install one, for example fonts-dejavu-core");
	}
	*ret = r;
	return 0;
}

static void path_of(cairo_t *c, const struct shape *s)
{
	/* Text leaves a current point that a line would begin from. */
	cairo_new_path(c);
	switch (s->type) {
	case SHAPE_SECTOR:
		/* cairo's angles begin at 3 o'clock. */
		cairo_arc(c, s->x, s->y, s->outer, s->from - PI / 2,
			  s->to - PI / 2);
		cairo_arc_negative(c, s->x, s->y, s->inner, s->to - PI / 2,
				   s->from - PI / 2);
		cairo_close_path(c);
		break;
	case SHAPE_RECT:
		cairo_rectangle(c, s->x, s->y, s->w, s->h);
		break;
	case SHAPE_AREA:
	case SHAPE_LINE:
		for (size_t i = 0; i < s->npoints; i++)
			cairo_line_to(c, s->points[i].x, s->points[i].y);
		if (s->type == SHAPE_AREA)
			cairo_close_path(c);
		break;
	case SHAPE_TEXT:
		break;
	}
}

static void paint_text(cairo_t *c, PangoLayout *layout, const struct shape *s)
{
	int baseline;

	set_text(layout, s->text, s->h, s->bold);
	pango_cairo_update_layout(c, layout);
	baseline = pango_layout_get_baseline(layout);
	cairo_move_to(c, s->x, s->y - (double)baseline / PANGO_SCALE);
	pango_cairo_show_layout(c, layout);
}

static void paint_shape(cairo_t *c, PangoLayout *layout, const struct shape *s,
			struct ink paper)
{
	static const double dashes[] = { 4, 3 };

	cairo_set_source_rgb(c, s->fill.r, s->fill.g, s->fill.b);
	if (s->type == SHAPE_TEXT) {
		paint_text(c, layout, s);
		return;
	}
	path_of(c, s);
	if (s->type == SHAPE_LINE) {
		cairo_set_line_width(c, s->w);
		cairo_set_dash(c, dashes, s->dashed ? 2 : 0, 0);
		cairo_stroke(c);
		return;
	}
	cairo_fill_preserve(c);
	if (s->edge > 0) {
		cairo_set_source_rgb(c, paper.r, paper.g, paper.b);
		cairo_set_line_width(c, s->edge);
		cairo_set_dash(c, dashes, 0, 0);
		cairo_stroke(c);
	}
	cairo_new_path(c);
}

static void paint(const struct figure *f, cairo_t *c)
{
	PangoLayout *layout = make_layout(c);
	struct ink paper = ink_of_role(INK_PAPER, f->dark);

	for (const struct shape *s = f->first; s; s = s->next)
		paint_shape(c, layout, s, paper);
	g_object_unref(layout);
}

static cairo_status_t write_bytes(void *ctx, const unsigned char *bytes,
				  unsigned int len)
{
	return fwrite(bytes, 1, len, ctx) == len ? CAIRO_STATUS_SUCCESS
						 : CAIRO_STATUS_WRITE_ERROR;
}

static int status(cairo_status_t s, struct err *e)
{
	if (s == CAIRO_STATUS_SUCCESS)
		return 0;
	if (s == CAIRO_STATUS_NO_MEMORY)
		return err_nomem(e);
	if (s == CAIRO_STATUS_WRITE_ERROR)
		return err_set_errno(e, ERR_IO, "cannot write the picture");
	return err_set(e, ERR_IO, "cannot paint the picture: %s",
		       cairo_status_to_string(s));
}

static int write_png(const struct figure *f, double scale, FILE *out,
		     struct err *e)
{
	cairo_surface_t *surface = cairo_image_surface_create(
		CAIRO_FORMAT_RGB24, (int)ceil(f->width * scale),
		(int)ceil(f->height * scale));
	cairo_t *c = cairo_create(surface);
	cairo_status_t s;

	cairo_scale(c, scale, scale);
	paint(f, c);
	s = cairo_status(c);
	if (s == CAIRO_STATUS_SUCCESS)
		s = cairo_surface_write_to_png_stream(surface, write_bytes,
						      out);
	cairo_destroy(c);
	cairo_surface_destroy(surface);
	return status(s, e);
}

/* PDF counts in points: 72 to the inch, where a px is 1/96. */
static int write_pdf(const struct figure *f, FILE *out, struct err *e)
{
	const double scale = 72.0 / 96;
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
		write_bytes, out, f->width * scale, f->height * scale);
	cairo_t *c = cairo_create(surface);
	cairo_status_t s;

	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
				       f->title);
	cairo_scale(c, scale, scale);
	paint(f, c);
	s = cairo_status(c);
	cairo_destroy(c);
	cairo_surface_finish(surface);
	if (s == CAIRO_STATUS_SUCCESS)
		s = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	return status(s, e);
}

const struct plot_room kmemdb_module_plot = {
	ruler_open, ruler_close, text_width, write_png, write_pdf,
};
