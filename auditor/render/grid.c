/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/grid.h"

#include <stdlib.h>
#include <string.h>

#include <libsmartcols.h>

#include "render/column_widths.h"
#include "render/escape.h"
#include "support/grow.h"

/* Rows that go out one by one wait for others. */
#define PIECE ((size_t)64 << 10)

int grid_init(struct grid *g, size_t ncolumns, struct err *e)
{
	*g = (struct grid){ .n = ncolumns };
	g->columns = arena_calloc(&g->arena, ncolumns, sizeof(*g->columns));
	return g->columns ? 0 : err_nomem(e);
}

void grid_release(struct grid *g)
{
	free(g->texts);
	arena_release(&g->cells);
	arena_release(&g->arena);
}

size_t grid_rows(const struct grid *g)
{
	return g->ntexts / g->n;
}

/* A copy of b, which is emptied. */
static char *take(struct grid *g, struct buffer *b, struct grid_column *c)
{
	char *copy = b->failed ? NULL
			       : arena_strndup(&g->cells, b->at ? b->at : "",
					       b->len);
	size_t width;

	if (!copy)
		return NULL;
	g->bytes += b->len;
	if (!g->fixed) {
		width = text_width(copy, b->len);
		if (width > c->width)
			c->width = width;
	}
	buffer_clear(b);
	return copy;
}

int grid_add(struct grid *g, struct buffer *b, struct err *e)
{
	char *copy;

	if (grow_room((void **)&g->texts, g->ntexts, &g->room,
		      sizeof(*g->texts)))
		return err_nomem(e);
	copy = take(g, b, &g->columns[g->ntexts % g->n]);
	if (!copy)
		return err_nomem(e);
	g->texts[g->ntexts++] = copy;
	return 0;
}

int grid_set(struct grid *g, size_t row, size_t column, struct buffer *b,
	     struct err *e)
{
	char *copy = take(g, b, &g->columns[column]);

	if (!copy)
		return err_nomem(e);
	g->texts[row * g->n + column] = copy;
	return 0;
}

/* What a column takes at least, with the gap before it. */
static size_t least(const struct grid_column *c)
{
	bool cut = c->flexible && c->width > FIT_MIN;

	return (cut ? FIT_MIN : c->width) + FIT_GAP;
}

/* The last column that may go, or n. */
static size_t next_to_go(const struct grid *g)
{
	size_t i = g->n;

	while (i > 1) {
		i--;
		if (!g->columns[i].gone && !g->columns[i].key)
			return i;
	}
	return g->n;
}

/* Lets columns go until the others could fit; returns how many went. */
static size_t drop(struct grid *g, size_t width)
{
	size_t used = 0, dropped = 0, i;

	for (i = 0; i < g->n; i++) {
		if (!g->columns[i].gone)
			used += least(&g->columns[i]);
	}
	while (used > width + FIT_GAP && (i = next_to_go(g)) < g->n) {
		g->columns[i].gone = true;
		used -= least(&g->columns[i]);
		dropped++;
	}
	return dropped;
}

int grid_fit(struct grid *g, size_t width, size_t *ret_hidden, struct err *e)
{
	struct column_width *fit;
	size_t shown = 0, stay, at = 0;

	*ret_hidden = 0;
	g->cut = width;
	if (!width)
		return 0;
	fit = arena_calloc(&g->arena, g->n, sizeof(*fit));
	if (!fit)
		return err_nomem(e);
	*ret_hidden = drop(g, width);
	for (size_t i = 0; i < g->n; i++) {
		if (!g->columns[i].gone)
			fit[shown++] = (struct column_width){
				g->columns[i].width, g->columns[i].flexible
			};
	}
	/* The key and the first one may be too wide together. */
	stay = column_widths(fit, shown, width);
	for (size_t i = 0; i < g->n; i++) {
		struct grid_column *c = &g->columns[i];

		if (c->gone)
			continue;
		c->gone = at >= stay;
		c->width = fit[at++].width;
	}
	*ret_hidden += shown - stay;
	return 0;
}

/* Cuts every cell to its column's width. */
static int cut(struct grid *g, struct writer *w, struct err *e)
{
	for (size_t i = 0; g->cut && i < g->ntexts; i++) {
		const char *text = g->texts[i];
		size_t width = g->columns[i % g->n].width;

		if (g->columns[i % g->n].gone || g->columns[i % g->n].wrap)
			continue;
		buffer_clear(&w->buf);
		text_shorten(&w->buf, text, strlen(text), width);
		buffer_char(&w->buf, '\0');
		if (w->buf.failed)
			return err_nomem(e);
		if (strcmp(w->buf.at, text) != 0)
			g->texts[i] = arena_strdup(&g->cells, w->buf.at);
		if (!g->texts[i])
			return err_nomem(e);
	}
	buffer_clear(&w->buf);
	return 0;
}

/*
 * The next line of a row into line; rest is what of each cell is still to come.
 * 1: there is more of it.
 */
static int next_line(struct grid *g, struct buffer *b, const char **rest,
		     const char **line, struct err *e)
{
	int more = 0;

	for (size_t i = 0; i < g->n; i++) {
		const struct grid_column *c = &g->columns[i];

		line[i] = rest[i];
		rest[i] = "";
		if (!g->cut || !c->wrap || c->gone)
			continue;
		rest[i] = line[i];
		buffer_clear(b);
		text_wrap(b, &rest[i], c->width);
		line[i] = b->failed ? NULL
				    : arena_strndup(&g->cells,
						    b->at ? b->at : "", b->len);
		if (!line[i])
			return err_nomem(e);
		more |= *rest[i] != 0;
	}
	buffer_clear(b);
	return more;
}

static int add_line(const struct grid *g, struct libscols_table *tb,
		    const char *const *texts)
{
	struct libscols_line *ln = scols_table_new_line(tb, NULL);
	size_t at = 0;

	if (!ln)
		return -1;
	for (size_t i = 0; i < g->n; i++) {
		if (!g->columns[i].gone &&
		    scols_line_set_data(ln, at++, texts[i]))
			return -1;
	}
	return 0;
}

static int fill(struct grid *g, struct libscols_table *tb, struct buffer *b,
		struct err *e)
{
	const char **line = arena_calloc(&g->cells, g->n, sizeof(*line));
	int rc = 0;

	scols_table_enable_noencoding(tb, 1);
	/* Never its own idea of a terminal: the cells fit. */
	scols_table_set_termforce(tb, SCOLS_TERMFORCE_NEVER);
	if (!line || scols_table_set_column_separator(tb, "  "))
		return err_nomem(e);
	for (size_t i = 0; i < g->n; i++) {
		int flags = g->columns[i].right ? SCOLS_FL_RIGHT : 0;

		if (!g->columns[i].gone &&
		    !scols_table_new_column(tb, g->texts[i], 0, flags))
			return err_nomem(e);
	}
	for (size_t at = g->n; at < g->ntexts && rc >= 0; at += g->n) {
		do {
			rc = next_line(g, b, g->texts + at, line, e);
			if (rc >= 0 && add_line(g, tb, line))
				rc = err_nomem(e);
		} while (rc == 1);
	}
	return rc;
}

static int print_all(struct grid *g, struct writer *w, struct err *e)
{
	struct libscols_table *tb = scols_new_table();
	char *text = NULL;
	int rc = tb ? fill(g, tb, &w->buf, e) : err_nomem(e);

	if (!rc && scols_print_table_to_string(tb, &text))
		rc = err_nomem(e);
	if (!rc) {
		buffer_str(&w->buf, text);
		buffer_char(&w->buf, '\n');
		rc = writer_flush(w, e);
	}
	free(text);
	scols_unref_table(tb);
	return rc;
}

/* A row in the widths that are fixed, as libsmartcols would print it. */
static void add_row(struct buffer *b, const struct grid *g,
		    const char *const *texts)
{
	bool first = true;
	size_t last = g->n;

	while (last && g->columns[last - 1].gone)
		last--;
	for (size_t i = 0; i < last; i++) {
		const struct grid_column *c = &g->columns[i];
		size_t width = text_width(texts[i], strlen(texts[i]));
		size_t pad = c->width > width ? c->width - width : 0;

		if (c->gone)
			continue;
		if (!first)
			buffer_str(b, "  ");
		first = false;
		for (; c->right && pad; pad--)
			buffer_char(b, ' ');
		buffer_str(b, texts[i]);
		for (; pad && i + 1 < last; pad--)
			buffer_char(b, ' ');
	}
	buffer_char(b, '\n');
}

static int print_rows(struct grid *g, struct writer *w, struct err *e)
{
	const char **line = arena_calloc(&g->cells, g->n, sizeof(*line));
	struct buffer piece = BUFFER_INIT;
	int rc = line ? 0 : err_nomem(e);

	for (size_t at = 0; at < g->ntexts && !rc; at += g->n) {
		do {
			rc = next_line(g, &piece, g->texts + at, line, e);
			if (rc >= 0)
				add_row(&w->buf, g, line);
		} while (rc == 1);
		if (!rc && w->buf.failed)
			rc = err_nomem(e);
		else if (!rc && w->buf.len >= PIECE)
			rc = writer_flush(w, e);
	}
	buffer_release(&piece);
	if (!rc && w->buf.len)
		rc = writer_flush(w, e);
	return rc;
}

int grid_print(struct grid *g, struct writer *w, struct err *e)
{
	int rc = cut(g, w, e);

	if (!rc)
		rc = g->fixed ? print_rows(g, w, e) : print_all(g, w, e);
	arena_release(&g->cells);
	g->ntexts = g->bytes = 0;
	g->fixed = true;
	return rc;
}
