/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top/draw.h"

#include <string.h>

#include "render/bar.h"
#include "render/escape.h"
#include "render/number.h"

#define BAR_WIDTH 10
#define NUMBER_WIDTH 9
/* What a name is to have before there are more columns. */
#define NAME_WISH 28

static const char *const help[] = {
	"up down j k PgUp PgDn Home End    move",
	"Enter right l    into it; left h Backspace    out of it",
	"1 2 3 4 5 Tab    static, live, waste, current, change",
	"s    sort by the next column; r    the other way",
	"/ text    search, n    the next one; f text    only such rows",
	"m    mark a row: the others are compared with it",
	"e    the line of the source in $EDITOR",
	"c    the query that prints these rows",
	"q    end; any key ends this help",
};
#define HELP_LINES (sizeof(help) / sizeof(*help))

size_t draw_page(size_t height)
{
	return height > 4 ? height - 4 : 1;
}

static void add_right(struct buffer *b, const char *text, size_t len,
		      size_t width)
{
	size_t used = text_width(text, len);

	for (; used < width; used++)
		buffer_char(b, ' ');
	buffer_add(b, text, len);
}

static void add_number(struct buffer *b, int64_t number, enum column_unit unit,
		       bool sign, size_t width)
{
	const struct cell c = { .type = CELL_INTEGER, .integer = number };
	struct buffer text = BUFFER_INIT;

	if (sign && number > 0)
		buffer_char(&text, '+');
	number_for_table(&text, &c, unit, false);
	add_right(b, text.at ? text.at : "", text.len, width);
	b->failed |= text.failed;
	buffer_release(&text);
}

/* A name made safe, no wider than width. */
static void add_name(struct buffer *b, const char *name, size_t width)
{
	struct buffer text = BUFFER_INIT;

	text_for_display(&text, name, strlen(name));
	if (text.len)
		text_shorten(b, text.at, text.len, width);
	b->failed |= text.failed;
	buffer_release(&text);
}

/* Values besides the first that a line has room for. */
static size_t count_more(const struct top_head *heads, size_t width)
{
	size_t used = NUMBER_WIDTH + 1 + BAR_WIDTH + 1 + NAME_WISH, n = 0;

	while (n + 1 < TOP_VALUES && heads[n + 1].name &&
	       used + NUMBER_WIDTH <= width) {
		used += NUMBER_WIDTH;
		n++;
	}
	return n;
}

/* The rest of the line for a name, which begins after what there is. */
static void add_rest(struct buffer *b, const char *name, size_t width)
{
	size_t used = text_width(b->at, b->len);

	if (used + 2 < width) {
		buffer_str(b, "  ");
		add_name(b, name, width - used - 2);
	}
}

static void draw_row(const struct browser *b, const struct top_row *row,
		     size_t width, bool blocks, struct buffer *text)
{
	const struct top_level *l = browser_level(b);
	const struct top_head *heads = top_view_heads(b->view, l->leaves);
	size_t more = count_more(heads, width);
	double value = (double)row->value[0];

	add_number(text, row->value[0], heads[0].unit,
		   top_views[b->view].change, NUMBER_WIDTH);
	buffer_char(text, ' ');
	/* Compared with the marked one, in the place of the bar. */
	if (b->mark)
		add_number(text, row->value[0] - b->mark_value, heads[0].unit,
			   true, BAR_WIDTH);
	else
		bar_add(text, (value < 0 ? -value : value) / level_largest(l),
			BAR_WIDTH, blocks, true);
	for (size_t i = 1; i <= more; i++) {
		if (row->none[i])
			add_right(text, "-", 1, NUMBER_WIDTH);
		else
			add_number(text, row->value[i], heads[i].unit, false,
				   NUMBER_WIDTH);
	}
	add_rest(text, row->name, width);
}

static void draw_heads(const struct browser *b, size_t width,
		       struct buffer *text)
{
	const struct top_level *l = browser_level(b);
	const struct top_head *heads = top_view_heads(b->view, l->leaves);
	size_t more = count_more(heads, width);

	add_right(text, heads[0].name, strlen(heads[0].name), NUMBER_WIDTH);
	buffer_char(text, ' ');
	add_right(text, b->mark ? "- marked" : "", b->mark ? 8 : 0, BAR_WIDTH);
	for (size_t i = 1; i <= more; i++)
		add_right(text, heads[i].name, strlen(heads[i].name),
			  NUMBER_WIDTH);
	add_rest(text, l->leaves ? "symbol or call site" : "directory", width);
}

static void draw_title(const struct browser *b, size_t width,
		       struct buffer *text)
{
	const struct top_level *l = browser_level(b);
	struct buffer words = BUFFER_INIT;

	buffer_printf(&words, "kmemdb top  %zu %s  ", b->view + 1,
		      top_views[b->view].name);
	text_for_display(&words, *l->branch ? l->branch : "/",
			 *l->branch ? strlen(l->branch) : 1);
	if (words.len)
		text_shorten(text, words.at, words.len, width);
	text->failed |= words.failed;
	buffer_release(&words);
}

static const char *sort_name(const struct browser *b)
{
	const struct top_level *l = browser_level(b);

	return l->sort.by < 0
		       ? "name"
		       : top_view_heads(b->view, l->leaves)[l->sort.by].name;
}

static void draw_status(const struct browser *b, size_t width,
			struct buffer *text)
{
	const struct top_level *l = browser_level(b);
	const struct top_head *heads = top_view_heads(b->view, l->leaves);
	struct buffer words = BUFFER_INIT;
	int64_t sum;

	buffer_printf(&words, "%zu of %zu%s  sum ",
		      l->nshown ? l->cursor + 1 : 0, l->nshown,
		      l->truncated ? " (the first ones)" : "");
	if (level_sum(l, 0, &sum))
		add_number(&words, sum, heads[0].unit, false, 0);
	else
		buffer_char(&words, '-');
	buffer_printf(&words, "  by %s%s", sort_name(b),
		      l->sort.ascending ? " (ascending)" : "");
	if (*l->filter) {
		buffer_str(&words, "  only ");
		text_for_display(&words, l->filter, strlen(l->filter));
	}
	if (b->mark) {
		buffer_str(&words, "  marked ");
		text_for_display(&words, b->mark, strlen(b->mark));
	}
	if (words.len)
		text_shorten(text, words.at, words.len, width);
	text->failed |= words.failed;
	buffer_release(&words);
}

static void draw_last(const struct browser *b, size_t width,
		      struct buffer *text)
{
	const char *before = b->mode == TOP_SEARCH   ? "search: "
			     : b->mode == TOP_FILTER ? "only: "
						     : "";
	const char *words =
		*before	      ? b->input
		: *b->message ? b->message
		: b->mode == TOP_BROWSE
			? "? help  Enter in  Left out  s sort  / search  f filter  c query  q end"
			: "any key goes on";

	buffer_str(text, before);
	add_name(text, words,
		 width > strlen(before) ? width - strlen(before) : 0);
}

/* Line y of words that are wrapped at the width. */
static void draw_wrapped(const struct buffer *words, size_t y, size_t width,
			 struct buffer *text)
{
	size_t at = 0;

	for (size_t line = 0; at < words->len; line++) {
		size_t end = at, used = 0, len = words->len;

		while (end < len && words->at[end] != '\n') {
			uint32_t cp = 0;
			size_t n = utf8_decode(words->at + end, len - end, &cp);
			size_t w;

			n = n ? n : 1;
			w = text_width(words->at + end, n);
			if (used + w > width)
				break;
			used += w;
			end += n;
		}
		if (line == y) {
			buffer_add(text, words->at + at, end - at);
			return;
		}
		/* A character wider than the screen. */
		end += end == at && end < len && words->at[end] != '\n';
		at = end + (end < len && words->at[end] == '\n');
	}
}

static void draw_query(const struct browser *b, size_t y, size_t width,
		       struct buffer *text)
{
	struct buffer words = BUFFER_INIT;

	buffer_str(&words, "these rows, also printed when top ends:\n\n");
	for (size_t at = 0, len; at < b->query.len; at += len + 1) {
		const char *line = b->query.at + at;
		const char *end = memchr(line, '\n', b->query.len - at);

		len = end ? (size_t)(end - line) : b->query.len - at;
		text_for_terminal(&words, line, len);
		buffer_char(&words, '\n');
	}
	draw_wrapped(&words, y, width, text);
	text->failed |= words.failed;
	buffer_release(&words);
}

enum top_look draw_line(const struct browser *b, size_t y, size_t width,
			size_t height, bool blocks, struct buffer *text)
{
	const struct top_level *l = browser_level(b);
	size_t at = l->first + y - 2;

	if (y == 0)
		return draw_title(b, width, text), TOP_REVERSE;
	if (y + 1 == height)
		return draw_last(b, width, text), TOP_PLAIN;
	if (b->mode == TOP_HELP) {
		if (y - 1 < HELP_LINES)
			add_name(text, help[y - 1], width);
		return TOP_PLAIN;
	}
	if (b->mode == TOP_QUERY)
		return draw_query(b, y - 1, width, text), TOP_PLAIN;
	if (y == 1)
		return draw_heads(b, width, text), TOP_BOLD;
	if (y + 2 == height)
		return draw_status(b, width, text), TOP_BOLD;
	if (at >= l->nshown)
		return TOP_PLAIN;
	draw_row(b, &l->rows[l->shown[at]], width, blocks, text);
	return at == l->cursor ? TOP_REVERSE : TOP_PLAIN;
}
