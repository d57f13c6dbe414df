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

#include "query/run.h"
#include "query/scratch.h"
#include "report_fixture.h"

static int setup(void **state)
{
	return report_setup(state, NULL);
}

/* The statement's columns are the head's, in order; parameters likewise. */
static void check_report(const struct report_fixture *f, const struct report *r)
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
	const struct report_fixture *f = *state;

	assert_true(f->c.nreports > 0);
	for (size_t i = 0; i < f->c.nreports; i++)
		check_report(f, &f->c.reports[i]);
}

static void check_described(const struct catalogue *c)
{
	for (size_t i = 0; i < c->nreports; i++) {
		const struct report *r = &c->reports[i];

		if (!*r->title || !*r->empty || !r->ncolumns)
			fail_msg("%s: title, empty or columns missing",
				 r->name);
		for (size_t j = 0; j < r->ncolumns; j++) {
			const struct column *k = &r->columns[j];

			if (!*k->help)
				fail_msg("%s: column '%s' says nothing",
					 r->name, k->name);
			if (k->sum &&
			    (k->unit == UNIT_TEXT || k->unit == UNIT_ID))
				fail_msg("%s: sum of '%s'", r->name, k->name);
		}
	}
}

static void test_described(void **state)
{
	const struct report_fixture *f = *state;

	check_described(&f->c);
}

static bool names(const struct report *r, const char *other)
{
	return strcmp(r->see[0], other) == 0 || strcmp(r->see[1], other) == 0;
}

/* From every report to two others, and to every report from some other. */
static void test_see(void **state)
{
	const struct report_fixture *f = *state;
	const struct catalogue *c = &f->c;

	for (size_t i = 0; i < c->nreports; i++) {
		const struct report *r = &c->reports[i];
		const char *nearest;
		size_t found = 0;

		if (r->group == REPORT_NO_GROUP || !r->see[0])
			fail_msg("%s: group or see missing", r->name);
		if (names(r, r->name) || strcmp(r->see[0], r->see[1]) == 0)
			fail_msg("%s: see names itself, or one twice", r->name);
		for (size_t j = 0; j < REPORT_SEE_MAX; j++)
			if (!catalogue_get(c, r->see[j], &nearest))
				fail_msg("%s: see names '%s', no report",
					 r->name, r->see[j]);
		for (size_t j = 0; j < c->nreports; j++)
			found += names(&c->reports[j], r->name);
		if (!found)
			fail_msg("%s: no other report names it", r->name);
	}
}

/* Those of sql/checks, which may read the tables of differences. */
static void test_checks(void **state)
{
	const struct report_fixture *f = *state;
	struct catalogue checks;
	const char *nearest;
	struct err e;

	assert_int_equal(catalogue_read_checks(&checks, &e), 0);
	assert_true(checks.nreports > 0);
	assert_int_equal(scratch_begin(f->d, &e), 0);
	assert_int_equal(scratch_make(f->d, "diff-tables", &e), 0);
	assert_int_equal(scratch_end(f->d, &e), 0);
	check_described(&checks);
	for (size_t i = 0; i < checks.nreports; i++) {
		const struct report *r = &checks.reports[i];

		check_report(f, r);
		if (!*r->text)
			fail_msg("%s: says nothing of why", r->name);
	}
	assert_non_null(catalogue_get(&checks, "new-symbols", &nearest));
	assert_null(catalogue_get(&checks, "new-symbol", &nearest));
	assert_string_equal(nearest, "new-symbols");
	catalogue_release(&checks);
}

/* "-- colum: x" would be a plain comment: no key may be misspelt. */
static void test_keys(void **state)
{
	static const char *const known[] = {
		"title:", "text:",   "param:", "column:", "order:",
		"empty:", "footer:", "sums:",  "group:",  "see:"
	};
	const size_t nknown = sizeof(known) / sizeof(known[0]);

	(void)state;
	for (const struct sql_file *f = sql_files; f->path; f++) {
		const char *line = f->text;

		if (!report_begins(f->path, "reports/") &&
		    !report_begins(f->path, "checks/"))
			continue;
		for (; report_begins(line, "--");
		     line = strchr(line, '\n') + 1) {
			size_t n = 3, i = 0;

			while (line[2] == ' ' && islower(line[n]))
				n++;
			if (n == 3 || line[n] != ':')
				continue;
			while (i < nknown && !report_begins(line + 3, known[i]))
				i++;
			if (i == nknown)
				fail_msg("%s: '%.40s'", f->path, line);
		}
	}
}

static void test_query_files(void **state)
{
	const struct report_fixture *f = *state;
	static const char *const names[] = {
		"build-ref",	    "build-candidates",	 "trace-ref",
		"trace-candidates", "image-ref",	 "image-candidates",
		"branch-exists",    "branch-candidates", "coverage-line",
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
	const struct report_fixture *f = *state;
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
		cmocka_unit_test(test_see),
		cmocka_unit_test(test_checks),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_query_files),
		cmocka_unit_test(test_catalogue),
	};

	return cmocka_run_group_tests(tests, setup, report_teardown);
}
