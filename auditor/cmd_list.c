/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/stat.h>

#include "cli/report_output.h"
#include "commands.h"
#include "model/schema_version.h"
#include "query/catalogue.h"
#include "query/database.h"
#include "query/run.h"
#include "query/statement.h"

static const int takes[] = { OPTION_DB,	   OPTION_LIMIT,  OPTION_FORMAT,
			     OPTION_BYTES, OPTION_OUTPUT, OPTION_HELP,
			     OPTION_COUNT };

static const char usage[] = "Usage: kmemdb list [options] [TABLE]\n";

static const char *const paragraphs[] = {
	"Lists what the database holds: the file itself, the builds and the traces, newest first. TABLE is one of database, builds and traces, and prints that one alone.",
	"Each is printed under its name; csv and tsv have an empty line between, json is one object with a key for each. The columns of builds and traces are those of the reports of these names.",
	NULL,
};

/* The file, which knows nothing of its own size. */
static int put_database(const struct database *d, const char *name,
			struct tables *t, struct err *e)
{
	const int64_t version = KMEMDB_SCHEMA_VERSION;
	int64_t bytes;
	const struct binding bindings[] = {
		{ ":path", d->path, NULL },
		{ ":bytes", NULL, &bytes },
		{ ":schema", NULL, &version },
		{ NULL, NULL, NULL },
	};
	const struct report *head;
	struct rows *rows;
	struct stat st;
	int rc;

	if (stat(d->path, &st) != 0)
		return err_set_errno(e, ERR_IO, "database '%s'", d->path);
	bytes = st.st_size;
	rc = statement_file(d, "list-database", bindings, &rows, &head, e);
	if (rc)
		return rc;
	rc = tables_put(t,
			&(struct table_words){ name, head->title, head->empty },
			rows, e);
	statement_end(rows);
	return rc;
}

static int put_report(const struct database *d, const char *name,
		      struct tables *t, struct err *e)
{
	const struct query_request request = { .limit = -1 };
	const struct report *r = NULL;
	struct catalogue c;
	struct rows *rows;
	int rc = catalogue_read(&c, e);

	if (rc)
		return rc;
	rc = catalogue_find(&c, name, &r, e);
	if (!rc)
		rc = query_start(d, r, &request, &rows, e);
	if (!rc) {
		rc = tables_put(
			t, &(struct table_words){ name, r->title, r->empty },
			rows, e);
		query_end(rows);
	}
	catalogue_release(&c);
	return rc;
}

static const struct table {
	const char *name;
	int (*put)(const struct database *d, const char *name, struct tables *t,
		   struct err *e);
} tables[] = {
	{ "database", put_database },
	{ "builds", put_report },
	{ "traces", put_report },
};

#define NTABLES (sizeof(tables) / sizeof(*tables))

static int put_all(const struct database *d, const char *only, struct tables *t,
		   struct err *e)
{
	int rc = 0;

	for (size_t i = 0; i < NTABLES && !rc; i++) {
		if (!only || strcmp(only, tables[i].name) == 0)
			rc = tables[i].put(d, tables[i].name, t, e);
	}
	return rc;
}

static int check_table(const char *only, struct err *e)
{
	for (size_t i = 0; only && i < NTABLES; i++) {
		if (strcmp(only, tables[i].name) == 0)
			return 0;
	}
	return !only ? 0
		     : err_set(e, ERR_USAGE,
			       "no table '%.100s': there are database, builds and traces",
			       only);
}

static int run(const struct query_words *w, struct err *e)
{
	struct database *d;
	struct tables t;
	int rc = tables_read(w, &t, e);

	if (rc)
		return rc;
	t.named = !w->report;
	rc = database_open(tables_database(w), &d, e);
	if (rc)
		return rc;
	rc = tables_open(&t, w->given[OPTION_OUTPUT], e);
	if (!rc) {
		rc = put_all(d, w->report, &t, e);
		if (rc)
			tables_drop(&t);
		else
			rc = tables_close(&t, e);
	}
	database_close(d);
	return rc;
}

static const struct table_command command = { "list", usage, paragraphs,
					      takes };

int cmd_list(int argc, char **argv, struct err *e)
{
	struct query_words w;
	int rc = tables_words(argc, argv, &command, &w, e);

	if (rc)
		return rc < 0 ? rc : EXIT_DONE;
	rc = check_table(w.report, e);
	return rc ? rc : run(&w, e);
}
