/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/page.h"

#define MARGIN 24.0
#define TITLE_SIZE 22.0
#define WORDS_SIZE 13.0
#define ROW_HEIGHT 20.0
#define NOTE_LINES 3
#define NOTE_HEIGHT 17.0

/* The first words of text that fit in width, after which *text begins with what
 * is left. */
static const char *next_line(struct figure *f, const char **text, double width)
{
	size_t best = 0;

	for (size_t at = 1;; at++) {
		const char c = (*text)[at];

		if (c && c != ' ')
			continue;
		if (best &&
		    figure_text_width(f,
				      figure_printf(f, "%.*s", (int)at, *text),
				      WORDS_SIZE, false) > width)
			break;
		best = at;
		if (!c)
			break;
	}
	const char *line = figure_printf(f, "%.*s", (int)best, *text);

	*text += best + ((*text)[best] == ' ');
	return line;
}

/* A note at the bottom, at most NOTE_LINES high: what it takes of the height. */
static double note(struct figure *f, double bottom, double width,
		   const char *words)
{
	const char *lines[NOTE_LINES];
	size_t n = 0;

	if (!*words)
		return 0;
	while (*words && n < NOTE_LINES - 1)
		lines[n++] = next_line(f, &words, width);
	if (*words)
		lines[n++] = words;
	for (size_t i = 0; i < n; i++)
		figure_text(f, MARGIN,
			    bottom - NOTE_HEIGHT * (double)(n - 1 - i), width,
			    WORDS_SIZE, false, ALIGN_LEFT,
			    ink_of_role(INK_FAINT, f->dark), lines[i]);
	return NOTE_HEIGHT * (double)n + 4;
}

void page_begin(struct figure *f, const struct page_words *words,
		struct box *ret)
{
	struct ink text = ink_of_role(INK_TEXT, f->dark);
	struct ink faint = ink_of_role(INK_FAINT, f->dark);
	double width = f->width - 2 * MARGIN, y = MARGIN + TITLE_SIZE * 0.8;
	double bottom = f->height - MARGIN;

	figure_rect(f, 0, 0, f->width, f->height,
		    ink_of_role(INK_PAPER, f->dark));
	f->title = figure_printf(f, "%s. %s", words->title, words->total);
	figure_text(f, MARGIN, y, width, TITLE_SIZE, true, ALIGN_LEFT, text,
		    words->title);
	y += 24;
	figure_text(f, MARGIN, y, width, 15, false, ALIGN_LEFT, text,
		    words->total);
	y += 20;
	figure_text(f, MARGIN, y, width, WORDS_SIZE, false, ALIGN_LEFT, faint,
		    words->source);
	bottom -= note(f, bottom, width, words->note);
	*ret = (struct box){ MARGIN, y + 16, width, bottom - y - 20 };
}

static void legend_row(struct figure *f, double x, double y, double w,
		       const struct legend_row *r)
{
	struct ink text = ink_of_role(INK_TEXT, f->dark);
	double amount = figure_text_width(f, r->amount, WORDS_SIZE, false);

	figure_rect(f, x, y + 3, 12, 12, r->colour);
	if (w - amount > 32)
		figure_text(f, x + 20, y + 14, w - amount - 32, WORDS_SIZE,
			    false, ALIGN_LEFT, text, r->name);
	figure_text(f, x + w, y + 14, 0, WORDS_SIZE, false, ALIGN_RIGHT, text,
		    r->amount);
}

double page_legend(struct figure *f, struct box box,
		   const struct legend_row *rows, size_t nrows)
{
	size_t fit = box.h < ROW_HEIGHT ? 0 : (size_t)(box.h / ROW_HEIGHT);
	size_t n = nrows <= fit ? nrows : fit ? fit - 1 : 0;
	double y = box.y;

	for (size_t i = 0; i < n; i++, y += ROW_HEIGHT)
		legend_row(f, box.x, y, box.w, &rows[i]);
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
