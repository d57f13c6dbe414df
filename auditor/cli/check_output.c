/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/check_output.h"

#include <string.h>

#include "check/verdict.h"
#include "cli/help_report.h"
#include "query/catalogue.h"
#include "render/diag.h"
#include "render/escape.h"

int check_complaints(const struct budgets *b, const char *file, struct err *e)
{
	size_t n = remarks_count(&b->complaints);

	for (size_t i = 0; i < n; i++)
		diag("kmemdb: %s: %s\n", file, remarks_text(&b->complaints, i));
	if (!n)
		return 0;
	return err_set(e, ERR_FORMAT,
		       "'%s' is wrong in %zu line%s: nothing was checked", file,
		       n, n == 1 ? "" : "s");
}

/* What the verdict is, for programs. */
static int put_check(struct check *c, struct tables *t, const char *words,
		     const char *sides, const char *note, struct err *e)
{
	static const struct column columns[] = {
		{ .name = "verdict", .help = "", .unit = UNIT_TEXT },
		{ .name = "words", .help = "", .unit = UNIT_TEXT },
		{ .name = "sides", .help = "", .unit = UNIT_TEXT },
		{ .name = "build", .help = "", .unit = UNIT_ID },
		{ .name = "base", .help = "", .unit = UNIT_ID },
		{ .name = "limits", .help = "", .unit = UNIT_COUNT },
		{ .name = "broken", .help = "", .unit = UNIT_COUNT },
		{ .name = "warnings", .help = "", .unit = UNIT_COUNT },
		{ .name = "excused", .help = "", .unit = UNIT_COUNT },
		{ .name = "unknown", .help = "", .unit = UNIT_COUNT },
		{ .name = "trailer", .help = "", .unit = UNIT_TEXT },
		{ .name = "note", .help = "", .unit = UNIT_TEXT },
	};
	const char *state = c->counts[VERDICT_BROKEN]	 ? "broken"
			    : c->counts[VERDICT_UNKNOWN] ? "incomplete"
							 : "good";
#define TEXT(s)                                                                \
	{                                                                      \
		.type = CELL_TEXT, .text = (s), .len = strlen(s)               \
	}
#define NUMBER(n)                                                              \
	{                                                                      \
		.type = CELL_INTEGER, .integer = (int64_t)(n)                  \
	}
	struct cell cells[] = {
		TEXT(state),
		TEXT(words),
		TEXT(sides),
		NUMBER(c->sides.build),
		NUMBER(c->sides.base),
		NUMBER(c->table.count),
		NUMBER(c->counts[VERDICT_BROKEN]),
		NUMBER(c->counts[VERDICT_WARNING]),
		NUMBER(c->counts[VERDICT_EXCUSED]),
		NUMBER(c->counts[VERDICT_UNKNOWN]),
		TEXT(c->terms.excuse ? c->terms.excuse : ""),
		TEXT(note),
	};
#undef TEXT
#undef NUMBER
	struct table_rows table = { .name = "check", .title = "", .empty = "" };
	struct memory_rows rows;
	int rc;

	if (!c->sides.has_base)
		cells[4].type = CELL_NULL;
	memory_rows_init(&rows, columns, sizeof(columns) / sizeof(*columns));
	rc = memory_rows_add(&rows, cells, e);
	table.rows = &rows.rows;
	if (rc == 0)
		rc = tables_put(t, &table, e);
	memory_rows_release(&rows);
	return rc;
}

static void put_line(struct tables *t, const char *before, const char *words,
		     const char *after)
{
	struct buffer b = BUFFER_INIT;

	buffer_str(&b, before);
	if (t->render.format == FORMAT_MD)
		text_for_markdown(&b, words, strlen(words));
	else
		text_for_display(&b, words, strlen(words));
	buffer_str(&b, after);
	if (!b.failed)
		fwrite(b.at, 1, b.len, t->out.file);
	buffer_release(&b);
}

/* The same, for people. */
static void put_sentences(struct check *c, struct tables *t, const char *words,
			  const char *sides, const char *note)
{
	bool md = t->render.format == FORMAT_MD;
	const char *end = md ? "\n\n" : "\n";

	put_line(t, md ? "**kmemdb: " : "", words, md ? "**\n\n" : "\n");
	put_line(t, "", sides, end);
	if (c->terms.excuse)
		put_line(t, "Footprint: ", c->terms.excuse, end);
	if (*note)
		put_line(t, "trailers: ", note, end);
	/* An empty line between a table and what precedes it. */
	t->count += !md;
}

static int put_rows(struct tables *t, const char *name, const char *title,
		    struct memory_rows *m, size_t count, struct err *e)
{
	struct table_rows table = {
		.name = name, .title = title, .empty = "", .rows = &m->rows
	};
	size_t all = m->count;
	int rc;

	if (!count)
		return 0;
	m->count = count;
	memory_rows_rewind(m);
	rc = tables_put(t, &table, e);
	m->count = all;
	return rc;
}

static int put_tables(struct check *c, struct tables *t, bool people,
		      struct err *e)
{
	size_t said = c->table.count;
	int rc;

	/* What holds needs no row, nor does each growth where the sentence
	 * above says that there is no base. */
	if (people)
		said -= c->counts[VERDICT_OK];
	if (people && c->terms.no_base)
		said -= c->counts[VERDICT_NO_BASE];
	rc = put_rows(t, "limits", people ? "What needs a word" : "All limits",
		      &c->table, said, e);

	if (rc == 0)
		rc = put_rows(t, "objects", c->causes.objects_title,
			      &c->causes.objects, c->causes.objects.count, e);
	if (rc == 0)
		rc = put_rows(t, "symbols", c->causes.symbols_title,
			      &c->causes.symbols, c->causes.symbols.count, e);
	for (size_t i = 0; i < c->ncanned && rc == 0; i++)
		rc = put_rows(t, c->canned[i].name, c->canned[i].report->title,
			      &c->canned[i].rows, c->canned[i].rows.count, e);
	return rc;
}

int check_put(struct check *c, struct tables *t, const char *note,
	      struct err *e)
{
	const char *words = check_verdict(c), *sides = check_sides(c);
	enum render_format f = t->render.format;
	bool people = f == FORMAT_TABLE || f == FORMAT_MD;
	int rc = 0;

	if (!words || !sides)
		return err_nomem(e);
	t->named = people || f == FORMAT_JSON;
	if (people)
		put_sentences(c, t, words, sides, note);
	else if (f == FORMAT_JSON)
		rc = put_check(c, t, words, sides, note, e);
	/* A table of one shape is what scripts read. */
	if (!people && f != FORMAT_JSON)
		return put_rows(t, "limits", "", &c->table, c->table.count, e);
	return rc ? rc : put_tables(c, t, people, e);
}

static int list(const struct args *a, const struct catalogue *c, FILE *out,
		struct err *e)
{
	const char *name = args_operand(a), *nearest;
	const struct report *r;

	if (!name) {
		help_list(c, out);
		return 0;
	}
	r = catalogue_get(c, name, &nearest);
	if (!r)
		return args_usage(a, e,
				  "no check '%.100s': the nearest is '%s'",
				  name, nearest);
	help_check(r, out);
	return 0;
}

int check_list(const struct args *a, struct err *e)
{
	struct catalogue c;
	struct output o;
	int rc = catalogue_read_checks(&c, e);

	if (rc)
		return rc;
	rc = output_open(NULL, &o, e);
	if (rc == 0) {
		rc = list(a, &c, o.file, e);
		if (rc)
			output_discard(&o);
		else
			rc = output_commit(&o, e);
	}
	catalogue_release(&c);
	return rc;
}
