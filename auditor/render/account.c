/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The layout of the slab-accounting patches, as trace_analyze wrote it, byte
 * for byte: a block of totals, then a line for each call site.  The totals
 * are over all rows and come first, so the lines wait for the end.
 */
#include "render/account.h"

#include <stdlib.h>
#include <string.h>

#include "render/escape.h"

/* The columns that it needs, at the places that reports promise. */
enum place {
	CALLER = 0,
	PATH,
	KIND,
	ALLOCS,
	FREES,
	LIVE,
	TOTAL_BYTES,
	LIVE_BYTES,
	WASTE_BYTES,
	PLACE_COUNT
};
static const char *const names[PLACE_COUNT] = {
	[CALLER] = "caller",
	[PATH] = "path",
	[KIND] = "kind",
	[ALLOCS] = "allocs",
	[FREES] = "frees",
	[LIVE] = "live",
	[TOTAL_BYTES] = "total_bytes",
	[LIVE_BYTES] = "live_bytes",
	[WASTE_BYTES] = "waste_bytes",
};

static bool fits(const struct column *columns, size_t ncolumns)
{
	if (ncolumns < PLACE_COUNT)
		return false;
	for (int i = 0; i < PLACE_COUNT; i++) {
		if (strcmp(columns[i].name, names[i]) != 0)
			return false;
		/* Its totals are the line of sums. */
		if (i >= ALLOCS && !columns[i].sum)
			return false;
	}
	return true;
}

static int begin(struct writer *w, struct err *e)
{
	if (!fits(w->columns, w->ncolumns))
		return err_set(
			e, ERR_USAGE,
			"format 'account' needs the columns of report accounting, with their sums");
	w->state = calloc(1, sizeof(struct buffer));
	return w->state ? 0 : err_nomem(e);
}

static long long number(const struct cell *c)
{
	if (c->type == CELL_REAL)
		return (long long)c->real;
	return c->type == CELL_INTEGER ? (long long)c->integer : 0;
}

static int row(struct writer *w, const struct cell *cells, struct err *e)
{
	struct buffer *lines = w->state;
	const struct cell *caller = &cells[CALLER];

	buffer_printf(lines, "%8lld %8lld %8lld %5lld/%-5lld ",
		      number(&cells[TOTAL_BYTES]), number(&cells[WASTE_BYTES]),
		      number(&cells[LIVE_BYTES]), number(&cells[ALLOCS]),
		      number(&cells[FREES]));
	/* A newline in a name would forge a line. */
	if (caller->type == CELL_TEXT)
		text_for_display(lines, caller->text, caller->len);
	buffer_char(lines, '\n');
	return lines->failed ? err_nomem(e) : 0;
}

static void total(struct buffer *b, const char *what, long long n)
{
	buffer_printf(b, "%-24s %10lld\n", what, n);
}

static int end(struct writer *w, const struct cell *sums, struct err *e)
{
	static const struct cell none[PLACE_COUNT];
	const struct cell *s = sums ? sums : none;
	const struct buffer *lines = w->state;
	long long live = number(&s[LIVE_BYTES]);
	long long waste = number(&s[WASTE_BYTES]), requested;

	if (__builtin_sub_overflow(live, waste, &requested))
		requested = 0;
	total(&w->buf, "current bytes allocated:", live);
	total(&w->buf, "current bytes requested:", requested);
	total(&w->buf, "current wasted bytes:", waste);
	total(&w->buf, "number of allocs:", number(&s[ALLOCS]));
	total(&w->buf, "number of frees:", number(&s[FREES]));
	total(&w->buf, "number of callers:", (long long)w->result->rows);
	buffer_str(&w->buf, "\n   total    waste      net alloc/free  caller\n"
			    "---------------------------------------------\n");
	buffer_add(&w->buf, lines->at, lines->len);
	return writer_flush(w, e);
}

static void release(struct writer *w)
{
	if (w->state)
		buffer_release(w->state);
	free(w->state);
}

const struct writer_ops account_ops = {
	.begin = begin,
	.row = row,
	.end = end,
	.release = release,
	.sums = true,
	.fits = fits,
};
