/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/bars.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SIZE 13.0
#define ROW_LEAST 22.0
#define ROW_MOST 40.0
#define NAME_SHARE 0.30
/* A bar has so many px at least: where words leave it less they are left out. */
#define BAR_LEAST 30.0

struct bars {
	struct figure *f;
	double zero, scale; /* x of 0, px a byte */
	double height;	    /* of a row */
	bool is_signed, has_words;
};

/* Room beside the bars for the widest words on each side. */
static double widest(struct figure *f, const struct bar *bars, size_t nbars)
{
	double w = 0;

	for (size_t i = 0; i < nbars; i++)
		w = fmax(w, figure_text_width(f, bars[i].words, SIZE, false));
	return w + 12;
}

static void stretch(struct bars *b, double x, double w, const struct bar *bars,
		    size_t nbars)
{
	double most = 0, least = 0;

	for (size_t i = 0; i < nbars; i++) {
		most = fmax(most, (double)bars[i].value);
		least = fmin(least, (double)bars[i].value);
	}
	b->scale = most - least > 0 ? w / (most - least) : 0;
	b->zero = x - least * b->scale;
}

static void piece(const struct bars *b, const struct bar *bar, double from,
		  double to, double y, struct ink ink, int64_t value,
		  const char *what)
{
	struct shape *s = figure_add(b->f, SHAPE_RECT);

	s->x = b->zero + fmin(from, to) * b->scale;
	s->y = y;
	s->w = fabs(to - from) * b->scale;
	s->h = b->height - 8;
	s->fill = ink;
	s->name = figure_printf(b->f, "%s%s", bar->name, what);
	s->value = value;
	s->text = figure_printf(b->f, "%s: %lld bytes", s->name,
				(long long)value);
}

static void bar_row(const struct bars *b, struct box box, const struct bar *bar,
		    double y, double name_width)
{
	struct figure *f = b->f;
	struct ink text = ink_of_role(INK_TEXT, f->dark);
	struct ink body = ink_of_role(b->is_signed && bar->value > 0
					      ? INK_GROWN
					      : INK_SHRUNK,
				      f->dark);
	double value = (double)bar->value, part = (double)bar->part;
	double middle = y + (b->height - 8) / 2 + SIZE * 0.36;

	if (bar->gathered)
		body = ink_of_role(INK_REST, f->dark);
	figure_text(f, box.x + name_width - 10, middle, name_width - 12, SIZE,
		    false, ALIGN_RIGHT, text, bar->name);
	piece(b, bar, 0, value - part, y, body, bar->value - bar->part, "");
	if (bar->part)
		piece(b, bar, value - part, value, y,
		      ink_of_role(INK_GROWN, f->dark), bar->part, " waste");
	if (!b->has_words)
		return;
	if (bar->value < 0)
		figure_text(f, b->zero + value * b->scale - 6, middle, 0, SIZE,
			    false, ALIGN_RIGHT, text, bar->words);
	else
		figure_text(f, b->zero + value * b->scale + 6, middle, 0, SIZE,
			    false, ALIGN_LEFT, text, bar->words);
}

size_t bars_fit(struct box box)
{
	return box.h < ROW_LEAST ? 0 : (size_t)(box.h / ROW_LEAST);
}

void bars_legend(struct figure *f, struct box *box, const char *value,
		 const char *part)
{
	const char *words[] = { value, part };
	const enum ink_role inks[] = { INK_SHRUNK, INK_GROWN };
	double x = box->x, width = 0;

	for (size_t i = 0; i < 2; i++)
		width += 42 + figure_text_width(f, words[i], SIZE, false);
	if (width > box->w || box->h < 4 * ROW_LEAST)
		return;
	for (size_t i = 0; i < 2; i++) {
		figure_rect(f, x, box->y, 12, 12,
			    ink_of_role(inks[i], f->dark));
		figure_text(f, x + 18, box->y + 11, 0, SIZE, false, ALIGN_LEFT,
			    ink_of_role(INK_TEXT, f->dark), words[i]);
		x += 42 + figure_text_width(f, words[i], SIZE, false);
	}
	box->y += ROW_LEAST;
	box->h -= ROW_LEAST;
}

int draw_bars(struct figure *f, struct box box, const struct bar *bars,
	      size_t nbars, bool is_signed, struct err *e)
{
	struct bars b = { .f = f, .is_signed = is_signed, .has_words = true };
	double names = 0, words;

	(void)e;
	if (!nbars)
		return page_empty(f, box, "nothing to draw there"), 0;
	for (size_t i = 0; i < nbars; i++)
		names = fmax(names,
			     figure_text_width(f, bars[i].name, SIZE, false));
	names = fmin(names + 14, box.w * NAME_SHARE);
	words = widest(f, bars, nbars);
	if (box.w - names - words * (is_signed ? 2 : 1) < BAR_LEAST) {
		b.has_words = false;
		words = 0;
	}
	b.height = fmin(box.h / (double)nbars, ROW_MOST);
	stretch(&b, box.x + names + (is_signed ? words : 0),
		box.w - names - words * (is_signed ? 2 : 1), bars, nbars);
	for (size_t i = 0; i < nbars; i++)
		bar_row(&b, box, &bars[i], box.y + b.height * (double)i, names);
	figure_line(f, b.zero, box.y - 4, b.zero,
		    box.y + b.height * (double)nbars,
		    ink_of_role(INK_FAINT, f->dark), false);
	return 0;
}
