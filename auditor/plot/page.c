/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/page.h"

#include <math.h>

#define WORDS_SIZE 13.0
#define ROW_HEIGHT 20.0

/* A paragraph: how large its letters are, at least, where they are too many,
 * and how many lines it may have; of a small picture, which needs the height. */
struct style {
	double size, least;
	size_t lines, small_lines;
	bool bold;
};

static const struct style title_style = { 22, 16, 2, 1, true };
static const struct style total_style = { 15, 12, 3, 3, false };
static const struct style source_style = { WORDS_SIZE, 11, 2, 2, false };
static const struct style note_style = { WORDS_SIZE, 11, 3, 4, false };

#define LINES_MAX 4
#define SMALL_HEIGHT 450.0

static bool is_small(const struct figure *f)
{
	return f->height < SMALL_HEIGHT;
}

static double margin(const struct figure *f)
{
	return is_small(f) ? 12 : 24;
}

struct paragraph {
	const char *lines[LINES_MAX];
	size_t nlines;
	double size, height; /* of letters; of a line */
	bool bold;
};

/* The first words of text that fit in width, after which *text begins with what
 * is left. */
static const char *next_line(struct figure *f, const char **text, double width,
			     const struct paragraph *p)
{
	size_t best = 0;

	for (size_t at = 1;; at++) {
		const char c = (*text)[at];

		if (c && c != ' ')
			continue;
		if (best &&
		    figure_text_width(f,
				      figure_printf(f, "%.*s", (int)at, *text),
				      p->size, p->bold) > width)
			break;
		best = at;
		if (!c)
			break;
	}
	const char *line = figure_printf(f, "%.*s", (int)best, *text);

	*text += best + ((*text)[best] == ' ');
	return line;
}

/* Whether all of them have room. */
static bool break_at(struct figure *f, const char *words, double width,
		     size_t lines, struct paragraph *p)
{
	p->height = p->size + 4;
	p->nlines = 0;
	while (*words && p->nlines < lines - 1)
		p->lines[p->nlines++] = next_line(f, &words, width, p);
	if (!*words)
		return true;
	p->lines[p->nlines++] = words;
	return figure_text_width(f, words, p->size, p->bold) <= width;
}

/* More lines, then smaller letters; of a title smaller letters first.  Only what
 * has no room then is cut: a number that is cut is a wrong one. */
static struct paragraph break_words(struct figure *f, const char *words,
				    double width, const struct style *style)
{
	struct paragraph p = { .size = style->size, .bold = style->bold };
	size_t lines = is_small(f) ? style->small_lines : style->lines;

	if (style->bold && *words)
		p.size *= fmin(1, width / figure_text_width(f, words, p.size,
							    true));
	p.size = fmax(p.size, style->least);
	if (!break_at(f, words, width, lines, &p)) {
		p.size = style->least;
		break_at(f, words, width, lines, &p);
	}
	return p;
}

/* From y, the top of its first line; returns the y below. */
static double put_words(struct figure *f, double y, double width,
			const struct paragraph *p, enum ink_role role)
{
	for (size_t i = 0; i < p->nlines; i++, y += p->height)
		figure_text(f, margin(f), y + p->size * 0.8, width, p->size,
			    p->bold, ALIGN_LEFT, ink_of_role(role, f->dark),
			    p->lines[i]);
	return y;
}

void page_begin(struct figure *f, const struct page_words *words,
		struct box *ret)
{
	double width = f->width - 2 * margin(f), y = margin(f);
	double bottom = f->height - margin(f);
	double gap = is_small(f) ? 0 : 3;
	struct paragraph p;

	figure_rect(f, 0, 0, f->width, f->height,
		    ink_of_role(INK_PAPER, f->dark));
	f->title = figure_printf(f, "%s. %s", words->title, words->total);
	p = break_words(f, words->title, width, &title_style);
	y = put_words(f, y, width, &p, INK_TEXT) + gap;
	p = break_words(f, words->total, width, &total_style);
	y = put_words(f, y, width, &p, INK_TEXT) + gap;
	p = break_words(f, words->source, width, &source_style);
	y = put_words(f, y, width, &p, INK_FAINT);
	p = break_words(f, words->note, width, &note_style);
	bottom -= p.height * (double)p.nlines;
	put_words(f, bottom, width, &p, INK_FAINT);
	*ret = (struct box){ margin(f), y + 10, width, bottom - y - 20 };
}

/* Names are as wide as they are, or so much at least. */
#define NAME_LEAST 60.0

static double name_least(const struct figure *f, const char *name)
{
	return fmin(NAME_LEAST, figure_text_width(f, name, WORDS_SIZE, false));
}

/* Whether all rows have room for `more`, too: a row without its name, or only
 * some of the rows with more, would say nothing. */
static bool has_room(struct figure *f, double w, const struct legend_row *rows,
		     size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (32 + name_least(f, rows[i].name) +
			    figure_text_width(f,
					      figure_printf(f, "%s  %s",
							    rows[i].amount,
							    rows[i].more),
					      WORDS_SIZE, false) >
		    w)
			return false;
	return true;
}

static void legend_row(struct figure *f, double x, double y, double w,
		       const struct legend_row *r, bool more)
{
	struct ink text = ink_of_role(INK_TEXT, f->dark);
	const char *words = more && *r->more ? figure_printf(f, "%s  %s",
							     r->amount, r->more)
					     : r->amount;
	double amount = figure_text_width(f, words, WORDS_SIZE, false);

	figure_rect(f, x, y + 3, 12, 12, r->colour);
	if (w - amount > 32)
		figure_text(f, x + 20, y + 14, w - amount - 32, WORDS_SIZE,
			    false, ALIGN_LEFT, text, r->name);
	figure_text(f, x + w, y + 14, 0, WORDS_SIZE, false, ALIGN_RIGHT, text,
		    words);
}

double page_legend(struct figure *f, struct box box,
		   const struct legend_row *rows, size_t nrows)
{
	size_t fit = box.h < ROW_HEIGHT ? 0 : (size_t)(box.h / ROW_HEIGHT);
	size_t n = nrows <= fit ? nrows : fit ? fit - 1 : 0;
	bool more = has_room(f, box.w, rows, n);
	double y = box.y;

	for (size_t i = 0; i < n; i++, y += ROW_HEIGHT)
		legend_row(f, box.x, y, box.w, &rows[i], more);
	if (n < nrows && fit) {
		figure_text(f, box.x + 20, y + 14, box.w - 20, WORDS_SIZE,
			    false, ALIGN_LEFT, ink_of_role(INK_FAINT, f->dark),
			    figure_printf(f, "and %zu more", nrows - n));
		y += ROW_HEIGHT;
	}
	return y;
}

void page_empty(struct figure *f, struct box box, const char *words)
{
	figure_text(f, box.x + box.w / 2, box.y + box.h / 2, box.w, 16, false,
		    ALIGN_MIDDLE, ink_of_role(INK_FAINT, f->dark), words);
}
