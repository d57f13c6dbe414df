/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/report_output.h"
#include "commands.h"
#include "query/database.h"
#include "query/footer.h"
#include "query/statement.h"
#include "query/subject.h"

static const int takes[] = { PARAM_BUILD,   PARAM_TRACE,   OPTION_DB,
			     OPTION_LIMIT,  OPTION_FORMAT, OPTION_BYTES,
			     OPTION_OUTPUT, OPTION_HELP,   OPTION_COUNT };

static const char usage[] = "Usage: kmemdb show [options] OBJECT|SYMBOL\n";

static const char *const paragraphs[] = {
	"Everything about one object or one symbol. OBJECT is a path in the tree (fs/open.o, or fs/open.c), or the end of one (open.o). SYMBOL is a function or variable; name means name.isra.0, too, and name+0x1c/0x80 is taken as a trace prints it.",
	"Of an object: what it is, what becomes of it and what it allocates, its sections, its symbols, and its call sites in the trace. Of a symbol: each object that defines it, and its call sites.",
	"Each table is printed under its name; csv and tsv have an empty line between, json is one object with a key for each. The trace is the build's newest.",
	NULL,
};

/* A table of one kind of subject; file is in sql/query. */
static const struct table {
	const char *name, *file;
	bool object; /* it is about one, else about a symbol */
	bool dynamic;
} tables[] = {
	{ "object", "show-object", true, false },
	{ "memory", "show-memory", true, false },
	{ "sections", "show-sections", true, false },
	{ "symbols", "show-symbols", true, false },
	{ "sites", "show-sites", true, true },
	{ "definitions", "show-definitions", false, false },
	{ "sites", "show-calls", false, true },
};

#define NTABLES (sizeof(tables) / sizeof(*tables))

static int put_table(const struct database *d, const struct table *table,
		     const struct subject *s, struct tables *t, struct err *e)
{
	const struct binding bindings[] = {
		{ ":name", s->name, NULL },
		{ ":build", NULL, &s->build },
		{ ":trace", NULL, &s->trace },
		{ NULL, NULL, NULL },
	};
	const struct report *head;
	struct rows *rows;
	int rc = statement_file(d, table->file, bindings, &rows, &head, e);

	if (rc)
		return rc;
	rc = tables_put(t,
			&(struct table_words){ table->name, head->title,
					       head->empty },
			rows, e);
	statement_end(rows);
	return rc;
}

/* How far the numbers of the trace can be trusted. */
static int say_coverage(const struct database *d, const struct subject *s,
			struct arena *a, struct tables *t, struct err *e)
{
	struct param_value values[PARAM_COUNT] = { { .text = NULL } };
	bool used[PARAM_COUNT] = { false };
	const char *lines;
	int rc;

	used[PARAM_TRACE] = true;
	values[PARAM_TRACE].integer = s->trace;
	rc = footer_read(d, "coverage-line", used, values, a, &lines, e);
	if (!rc)
		tables_say(t, lines);
	return rc;
}

static int put_all(const struct database *d, const struct subject *s,
		   struct arena *a, struct tables *t, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; i < NTABLES && !rc; i++) {
		if (tables[i].object == s->object &&
		    (tables[i].dynamic ? s->has_trace : s->has_build))
			rc = put_table(d, &tables[i], s, t, e);
	}
	if (rc)
		return rc;
	if (s->has_trace)
		return say_coverage(d, s, a, t, e);
	tables_say(
		t,
		"no trace of that build: kmemdb import LOG adds what its call sites allocate");
	return 0;
}

static int show(const struct database *d, const struct query_words *w,
		struct arena *a, struct tables *t, struct err *e)
{
	struct subject s;
	int rc = subject_find(d, w->report, w->given[PARAM_BUILD],
			      w->given[PARAM_TRACE], a, &s, e);

	if (!rc)
		rc = tables_open(t, w->given[OPTION_OUTPUT], e);
	if (rc)
		return rc;
	rc = put_all(d, &s, a, t, e);
	if (!rc)
		return tables_close(t, e);
	tables_drop(t);
	return rc;
}

static int run(const struct query_words *w, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct database *d;
	struct tables t;
	int rc = tables_read(w, &t, e);

	if (!rc)
		rc = database_open(tables_database(w), &d, e);
	if (rc)
		return rc;
	t.named = true;
	rc = show(d, w, &a, &t, e);
	database_close(d);
	arena_release(&a);
	return rc;
}

static const struct table_command command = { "show", usage, paragraphs,
					      takes };

int cmd_show(int argc, char **argv, struct err *e)
{
	struct query_words w;
	int rc = tables_words(argc, argv, &command, &w, e);

	if (rc)
		return rc < 0 ? rc : EXIT_DONE;
	if (!w.report)
		rc = err_set(
			e, ERR_USAGE,
			"show what? kmemdb show OBJECT or SYMBOL, such as fs/open.o or kfree");
	return rc ? rc : run(&w, e);
}
