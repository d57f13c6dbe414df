/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every report of the program against the schema of the program: its head
 * describes the columns and parameters that its statement has, it runs on an
 * empty database, and so does all the SQL of sql/query.
 */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "query/catalogue.h"
#include "query/run.h"
#include "support/sql_files.h"

struct fixture {
	char path[64];
	struct database *d;
	struct catalogue c;
};

static bool begins(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

static int run_files(sqlite3 *db, const char *folder)
{
	for (const struct sql_file *f = sql_files; f->path; f++) {
		char *message = NULL;

		if (!begins(f->path, folder))
			continue;
		if (sqlite3_exec(db, f->text, NULL, NULL, &message)) {
			fprintf(stderr, "%s: %s\n", f->path, message);
			return -1;
		}
	}
	return 0;
}

/* What store/ makes of an empty file, without store/. */
static int make_database(const char *path)
{
	sqlite3 *db;
	int rc = sqlite3_open(path, &db);

	if (!rc)
		rc = run_files(db, "schema/");
	if (!rc)
		rc = run_files(db, "views/");
	if (!rc)
		rc = run_files(db, "store/identity.sql");
	/* Until imports are there: what sql/query asks of their view. */
	if (!rc)
		rc = sqlite3_exec(db,
				  "CREATE VIEW IF NOT EXISTS traces AS SELECT"
				  " 1 AS trace, 1 AS build, 'x' AS label,"
				  " 0 AS imported_ns WHERE 0",
				  NULL, NULL, NULL);
	sqlite3_close(db);
	return rc;
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct err e = { .text = "" };
	int fd;

	if (!f)
		return -1;
	snprintf(f->path, sizeof(f->path), "/tmp/kmemdb-test-XXXXXX");
	fd = mkstemp(f->path);
	close(fd);
	if (fd < 0 || make_database(f->path) ||
	    database_open(f->path, &f->d, &e) || catalogue_read(&f->c, &e)) {
		fprintf(stderr, "%s\n", e.text);
		return -1;
	}
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	catalogue_release(&f->c);
	database_close(f->d);
	unlink(f->path);
	free(f);
	return 0;
}

/* The statement's columns are the head's, in order; parameters likewise. */
static void check_report(const struct fixture *f, const struct report *r)
{
	struct query_request request = { .limit = -1 };
	struct rows *rows = NULL;
	struct err e;
	int rc = query_start(f->d, r, &request, &rows, &e);

	/* Columns, order and parameters are checked before a build is looked
	 * for, and there is none in an empty database. */
	if (rc && !strstr(e.text, "holds no "))
		fail_msg("%s: %s", r->name, e.text);
	if (!rc) {
		assert_int_equal(rows->ncolumns, r->ncolumns);
		assert_int_equal(rows_next(rows, &e), 0);
	}
	query_end(rows);
}

static void test_agree(void **state)
{
	const struct fixture *f = *state;

	assert_true(f->c.nreports > 0);
	for (size_t i = 0; i < f->c.nreports; i++)
		check_report(f, &f->c.reports[i]);
}

static void test_described(void **state)
{
	const struct fixture *f = *state;

	for (size_t i = 0; i < f->c.nreports; i++) {
		const struct report *r = &f->c.reports[i];

		if (!*r->title || !*r->empty || !r->ncolumns)
			fail_msg("%s: title, empty or columns missing",
				 r->name);
		for (size_t j = 0; j < r->ncolumns; j++) {
			const struct column *c = &r->columns[j];

			if (!*c->help)
				fail_msg("%s: column '%s' says nothing",
					 r->name, c->name);
			if (c->sum &&
			    (c->unit == UNIT_TEXT || c->unit == UNIT_ID))
				fail_msg("%s: sum of '%s'", r->name, c->name);
		}
	}
}

/* "-- colum: x" would be a plain comment: no key may be misspelt. */
static void test_keys(void **state)
{
	static const char *const known[] = { "title:",	"text:",  "param:",
					     "column:", "order:", "empty:" };

	(void)state;
	for (const struct sql_file *f = sql_files; f->path; f++) {
		const char *line = f->text;

		if (!begins(f->path, "reports/"))
			continue;
		for (; begins(line, "--"); line = strchr(line, '\n') + 1) {
			size_t n = 3, i = 0;

			while (line[2] == ' ' && islower(line[n]))
				n++;
			if (n == 3 || line[n] != ':')
				continue;
			while (i < 6 && !begins(line + 3, known[i]))
				i++;
			if (i == 6)
				fail_msg("%s: '%.40s'", f->path, line);
		}
	}
}

static void test_query_files(void **state)
{
	const struct fixture *f = *state;
	static const char *const names[] = {
		"build-ref",	    "build-candidates",	 "trace-ref",
		"trace-candidates", "image-ref",	 "image-candidates",
		"branch-exists",    "branch-candidates",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		sqlite3_stmt *st = NULL;
		struct err e;

		if (database_prepare(f->d, names[i], NULL, &st, &e) ||
		    database_step(f->d, st, &e))
			fail_msg("%s: %s", names[i], e.text);
		sqlite3_finalize(st);
	}
}

static void test_catalogue(void **state)
{
	const struct fixture *f = *state;
	const struct report *r = NULL;
	char takers[200];
	struct err e;

	assert_int_equal(catalogue_find(&f->c, "footprint", &r, &e), 0);
	assert_string_equal(r->name, "footprint");
	/* No abbreviations: only a suggestion. */
	assert_int_equal(catalogue_find(&f->c, "footprnt", &r, &e), -ERR_USAGE);
	assert_non_null(strstr(e.text, "'footprint'"));
	catalogue_takers(&f->c, PARAM_DEPTH, takers, sizeof(takers));
	assert_non_null(strstr(takers, "footprint"));
	/* Cut, not overrun. */
	catalogue_takers(&f->c, PARAM_BUILD, takers, 10);
	assert_int_equal(strlen(takers), 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_agree),
		cmocka_unit_test(test_described),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_query_files),
		cmocka_unit_test(test_catalogue),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
