/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/figure.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "render/buffer.h"
#include "render/escape.h"
#include "render/number.h"

/* Longer names are cut before they are measured. */
#define TEXT_BYTES_MAX 1024

void figure_init(struct figure *f, double width, double height, bool dark,
		 const struct text_measure *measure)
{
	*f = (struct figure){
		.width = width,
		.height = height,
		.dark = dark,
		.title = "",
		.measure = *measure,
	};
	f->last = &f->first;
}

int figure_done(const struct figure *f, struct err *e)
{
	return f->failed ? err_nomem(e) : 0;
}

void figure_release(struct figure *f)
{
	arena_release(&f->arena);
	*f = (struct figure){ .width = 0 };
}

struct shape *figure_add(struct figure *f, enum shape_type type)
{
	static _Thread_local struct shape nobody;
	struct shape *s = arena_alloc(&f->arena, sizeof(*s));

	if (!s) {
		f->failed = true;
		nobody = (struct shape){ .type = type };
		return &nobody;
	}
	s->type = type;
	*f->last = s;
	f->last = &s->next;
	f->nshapes++;
	return s;
}

void figure_rect(struct figure *f, double x, double y, double w, double h,
		 struct ink fill)
{
	struct shape *s = figure_add(f, SHAPE_RECT);

	s->x = x;
	s->y = y;
	s->w = w;
	s->h = h;
	s->fill = fill;
}

struct point *figure_points(struct figure *f, size_t n)
{
	struct point *p = arena_calloc(&f->arena, n, sizeof(*p));

	if (!p)
		f->failed = true;
	return p;
}

void figure_line(struct figure *f, double x0, double y0, double x1, double y1,
		 struct ink colour, bool dashed)
{
	struct point *p = figure_points(f, 2);
	struct shape *s;

	if (!p)
		return;
	p[0] = (struct point){ x0, y0 };
	p[1] = (struct point){ x1, y1 };
	s = figure_add(f, SHAPE_LINE);
	s->points = p;
	s->npoints = 2;
	s->w = 1;
	s->fill = colour;
	s->dashed = dashed;
}

const char *figure_printf(struct figure *f, const char *fmt, ...)
{
	char text[2 * TEXT_BYTES_MAX];
	const char *copy;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	copy = arena_strdup(&f->arena, text);
	if (!copy)
		f->failed = true;
	return copy ? copy : "";
}

static bool turns_direction(uint32_t c)
{
	return c == 0x61c || c == 0x200e || c == 0x200f ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
	       c == 0xfeff;
}

const char *figure_clean(struct figure *f, const char *name, size_t len)
{
	struct buffer b = BUFFER_INIT;
	const char *copy;
	size_t n;

	for (size_t i = 0; i < len && b.len < TEXT_BYTES_MAX; i += n) {
		uint32_t c;

		n = utf8_decode(name + i, len - i, &c);
		if (n && c >= 0x20 && c != 0x7f && (c < 0x80 || c >= 0xa0) &&
		    !turns_direction(c)) {
			buffer_add(&b, name + i, n);
			continue;
		}
		n = n ? n : 1;
		for (size_t k = 0; k < n; k++)
			buffer_printf(&b, "\\x%02x",
				      (unsigned char)name[i + k]);
	}
	copy = b.failed ? NULL
			: arena_strndup(&f->arena, b.at ? b.at : "", b.len);
	buffer_release(&b);
	if (!copy)
		f->failed = true;
	return copy ? copy : "";
}

double figure_text_width(const struct figure *f, const char *text, double size,
			 bool bold)
{
	return f->measure.width(f->measure.ctx, text, size, bold);
}

static size_t back_to_character(const char *text, size_t at)
{
	while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80)
		at--;
	return at;
}

/* "fs/ext4…inode.o": as much of both ends as fits. */
static const char *shorten(struct figure *f, const char *text, double width,
			   double size, bool bold)
{
	/* Less than three letters at each end say nothing. */
	size_t len = strlen(text), least = 3, most = len / 2;
	const char *best = NULL;

	while (least <= most) {
		size_t half = (least + most) / 2;
		size_t head = back_to_character(text, half);
		size_t tail = back_to_character(text, len - half);
		const char *cut = figure_printf(f, "%.*s…%s", (int)head, text,
						text + tail);

		if (head && figure_text_width(f, cut, size, bold) <= width) {
			best = cut;
			least = half + 1;
		} else {
			most = half - 1;
		}
	}
	return best;
}

const char *figure_text_fit(struct figure *f, const char *text, double width,
			    double size, bool bold)
{
	if (figure_text_width(f, text, size, bold) <= width)
		return text;
	return shorten(f, text, width, size, bold);
}

void figure_text(struct figure *f, double x, double baseline, double width,
		 double size, bool bold, enum text_align align,
		 struct ink colour, const char *text)
{
	struct shape *s;
	double w;

	if (width > 0)
		text = figure_text_fit(f, text, width, size, bold);
	if (!text)
		return;
	w = figure_text_width(f, text, size, bold);
	if (align == ALIGN_MIDDLE)
		x -= w / 2;
	if (align == ALIGN_RIGHT)
		x -= w;
	s = figure_add(f, SHAPE_TEXT);
	s->x = x;
	s->y = baseline;
	s->w = w;
	s->h = size;
	s->bold = bold;
	s->fill = colour;
	s->text = text;
}

const char *figure_bytes(struct figure *f, int64_t bytes)
{
	const struct cell c = { .type = CELL_INTEGER, .integer = bytes };
	struct buffer b = BUFFER_INIT;
	const char *copy;

	number_for_table(&b, &c, UNIT_BYTES, false);
	copy = figure_printf(f, "%.*s", (int)b.len, b.at ? b.at : "");
	buffer_release(&b);
	return copy;
}
