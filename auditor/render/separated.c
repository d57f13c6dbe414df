/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CSV after RFC 4180, with plain newlines, and TSV: a header and the rows.
 */
#include "render/separated.h"

#include <string.h>

#include "render/number.h"
#include "render/escape.h"

/* Appends the bytes as they are, or, on a terminal, without its commands. */
static void raw(struct writer *w, const char *s, size_t len)
{
	if (w->options->terminal)
		text_for_terminal(&w->buf, s, len);
	else
		buffer_add(&w->buf, s, len);
}

static bool must_quote(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] && strchr("\",\n\r", s[i]))
			return true;
	}
	return len && (s[0] == ' ' || s[len - 1] == ' ');
}

static void csv_text(struct writer *w, const char *s, size_t len)
{
	if (!must_quote(s, len)) {
		raw(w, s, len);
		return;
	}
	buffer_char(&w->buf, '"');
	while (len) {
		const char *quote = memchr(s, '"', len);
		size_t n = quote ? (size_t)(quote - s) + 1 : len;

		raw(w, s, n);
		if (quote)
			buffer_char(&w->buf, '"');
		s += n;
		len -= n;
	}
	buffer_char(&w->buf, '"');
}

static void tsv_text(struct writer *w, const char *s, size_t len)
{
	static const char special[] = "\t\n\r\\";
	static const char letters[] = "tnr\\";
	size_t from = 0;

	for (size_t i = 0; i < len; i++) {
		const char *at = memchr(special, s[i], sizeof(special));

		if (!at)
			continue;
		/* sizeof: the NUL that ends special, too. */
		raw(w, s + from, i - from);
		buffer_char(&w->buf, '\\');
		buffer_char(&w->buf, s[i] ? letters[at - special] : '0');
		from = i + 1;
	}
	raw(w, s + from, len - from);
}

typedef void text_fn(struct writer *w, const char *s, size_t len);

static int header(struct writer *w, char separator, text_fn *text,
		  struct err *e)
{
	for (size_t i = 0; i < w->ncolumns; i++) {
		if (i)
			buffer_char(&w->buf, separator);
		text(w, w->columns[i].name, strlen(w->columns[i].name));
	}
	buffer_char(&w->buf, '\n');
	return writer_flush(w, e);
}

static int line(struct writer *w, const struct cell *cells, char separator,
		text_fn *text, struct err *e)
{
	for (size_t i = 0; i < w->ncolumns; i++) {
		const struct cell *c = &cells[i];

		if (i)
			buffer_char(&w->buf, separator);
		if (c->type == CELL_TEXT)
			text(w, c->text, c->len);
		else if (c->type != CELL_NULL)
			number_exact(&w->buf, c);
	}
	buffer_char(&w->buf, '\n');
	return writer_flush(w, e);
}

static int csv_begin(struct writer *w, struct err *e)
{
	return header(w, ',', csv_text, e);
}

static int csv_row(struct writer *w, const struct cell *cells, struct err *e)
{
	return line(w, cells, ',', csv_text, e);
}

static int tsv_begin(struct writer *w, struct err *e)
{
	return header(w, '\t', tsv_text, e);
}

static int tsv_row(struct writer *w, const struct cell *cells, struct err *e)
{
	return line(w, cells, '\t', tsv_text, e);
}

static int nothing(struct writer *w, const struct cell *sums, struct err *e)
{
	(void)w;
	(void)sums;
	(void)e;
	return 0;
}

const struct writer_ops csv_ops = {
	.begin = csv_begin,
	.row = csv_row,
	.end = nothing,
};

const struct writer_ops tsv_ops = {
	.begin = tsv_begin,
	.row = tsv_row,
	.end = nothing,
};
