/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Running reports: references, branches, images, order, limit, and reports
 * and databases that mean no good.  The views here are stand-ins with the
 * public names; test_query_reports.c has the real ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "model/schema_version.h"
#include "query/run.h"
#include "fixture_file.h"

struct fixture {
	char path[64];
	struct database *d;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	char *rows = fixture_text("stand-ins.sql");
	char identity[128];
	struct err e;
	sqlite3 *db;
	int fd, rc;

	if (!f || !rows)
		return -1;
	snprintf(f->path, sizeof(f->path), "/tmp/kmemdb-test-XXXXXX");
	fd = mkstemp(f->path);
	close(fd);
	snprintf(identity, sizeof(identity),
		 "PRAGMA application_id = %u; PRAGMA user_version = %d",
		 KMEMDB_APPLICATION_ID, KMEMDB_SCHEMA_VERSION);
	rc = sqlite3_open(f->path, &db) ||
	     sqlite3_exec(db, identity, NULL, NULL, NULL) ||
	     sqlite3_exec(db, rows, NULL, NULL, NULL);
	sqlite3_close(db);
	free(rows);
	if (rc || database_open(f->path, &f->d, &e))
		return -1;
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	database_close(f->d);
	unlink(f->path);
	free(f);
	return 0;
}

static void add_cell(char *out, size_t size, const struct cell *c)
{
	size_t used = strlen(out);

	switch (c->type) {
	case CELL_NULL:
		snprintf(out + used, size - used, "NULL");
		break;
	case CELL_INTEGER:
		snprintf(out + used, size - used, "%lld",
			 (long long)c->integer);
		break;
	case CELL_REAL:
		snprintf(out + used, size - used, "%g", c->real);
		break;
	case CELL_TEXT:
		snprintf(out + used, size - used, "%.*s", (int)c->len, c->text);
		break;
	}
}

/* All rows of a user's report: "a,b;c,d;"; or what the error says. */
static int run(const struct fixture *f, const char *text,
	       const struct query_request *request, char *out, size_t size)
{
	struct rows *rows = NULL;
	struct report r;
	struct err e;
	int rc = report_parse("my.sql", text, false, &r, &e);

	*out = '\0';
	assert_int_equal(rc, 0);
	rc = query_start(f->d, &r, request, &rows, &e);
	while (!rc && (rc = rows_next(rows, &e)) == 1) {
		for (size_t i = 0; i < rows->ncolumns; i++) {
			strncat(out, i ? "," : "", size - strlen(out) - 1);
			add_cell(out, size, &rows->cells[i]);
		}
		strncat(out, ";", size - strlen(out) - 1);
		rc = 0;
	}
	if (rc)
		snprintf(out, size, "%s", e.text);
	query_end(rows);
	report_release(&r);
	return rc;
}

/* Runs a report with one parameter given, and compares all rows. */
static void expect(void **state, const char *text, enum query_param id,
		   const char *word, const char *rows)
{
	struct query_request request = { .limit = -1 };
	char out[1200];

	if (id != PARAM_COUNT)
		request.given[id] = word;
	if (run(*state, text, &request, out, sizeof(out)) ||
	    strcmp(out, rows) != 0)
		fail_msg("'%s' gives '%s', not '%s'", word, out, rows);
}

static void expect_error(void **state, const char *text, enum query_param id,
			 const char *word, int code, const char *words)
{
	struct query_request request = { .limit = -1 };
	char out[1200];

	if (id != PARAM_COUNT)
		request.given[id] = word;
	assert_int_equal(run(*state, text, &request, out, sizeof(out)), -code);
	if (!strstr(out, words))
		fail_msg("'%s' says '%s', not '%s'", word, out, words);
}

static void test_build(void **state)
{
	static const char q[] = "SELECT :build";

	expect(state, q, PARAM_COUNT, "", "1;"); /* the newest */
	expect(state, q, PARAM_BUILD, "2", "2;");
	expect(state, q, PARAM_BUILD, "base", "1;");
	expect(state, q, PARAM_BUILD, "1111", "1;");
	expect(state, q, PARAM_BUILD, "1111AAAA", "1;");
	expect(state, q, PARAM_BUILD, "2222c", "3;");
	/* An id beats a label. */
	expect(state, q, PARAM_BUILD, "4", "4;");
	/* Fewer than four digits are no commit. */
	expect_error(state, q, PARAM_BUILD, "111", ERR_USAGE, "no build has");
	expect_error(state, q, PARAM_BUILD, "bas", ERR_USAGE,
		     "did you mean 'base'");
	expect_error(
		state, q, PARAM_BUILD, "2222", ERR_USAGE,
		"'2222' is ambiguous: give the id of one of build 3 (twin), build 2 (twin)");
	expect_error(state, q, PARAM_BUILD, "twin", ERR_USAGE, "ambiguous");
	expect_error(state, q, PARAM_BUILD, "", ERR_USAGE, "no build has");
	expect_error(state, q, PARAM_BUILD, "1 OR 1", ERR_USAGE, "no build");
}

static void test_trace(void **state)
{
	static const char q[] = "SELECT :trace, :build";
	struct query_request request = { .limit = -1 };
	char out[400];

	/* A trace decides about its build, and a build about its trace. */
	expect(state, q, PARAM_COUNT, "", "8,1;");
	expect(state, q, PARAM_TRACE, "boot", "7,2;");
	expect(state, q, PARAM_TRACE, "9", "9,NULL;");
	expect(state, q, PARAM_BUILD, "2", "7,2;");
	expect_error(state, q, PARAM_BUILD, "3", ERR_DB, "has no trace");
	expect_error(state, q, PARAM_TRACE, "bot", ERR_USAGE, "'boot'");
	expect(state, "SELECT :trace", PARAM_COUNT, "", "8;");
	request.given[PARAM_BUILD] = "2";
	request.given[PARAM_TRACE] = "load";
	assert_int_equal(run(*state, q, &request, out, sizeof(out)),
			 -ERR_USAGE);
	assert_non_null(strstr(out, "trace 'load' is of build 1, not of"));
}

static void test_branch(void **state)
{
	static const char q[] =
		"SELECT path FROM objects WHERE build = :build AND in_branch(path, :branch) ORDER BY path";

	expect(state, q, PARAM_BRANCH, "fs",
	       "fs/ext4/inode.o;fs/ext4/super.o;fs/open.o;");
	expect(state, q, PARAM_BRANCH, "./fs//ext4/",
	       "fs/ext4/inode.o;fs/ext4/super.o;");
	expect(state, q, PARAM_BRANCH, "fs/open.o", "fs/open.o;");
	/* A directory with nothing of its own. */
	expect(state, q, PARAM_BRANCH, "drivers", "drivers/net/a.o;");
	expect(state, "SELECT :branch, :build", PARAM_BRANCH, ".", ",1;");
	expect(state, "SELECT :branch, :build", PARAM_COUNT, "", ",1;");
	expect_error(state, q, PARAM_BRANCH, "ext4", ERR_USAGE,
		     "no branch 'ext4' in build 1: did you mean 'fs/ext4'?");
	expect_error(state, q, PARAM_BRANCH, "driver", ERR_USAGE,
		     "did you mean 'drivers'?");
	expect_error(state, q, PARAM_BRANCH, "fsno", ERR_USAGE, "no branch");
	expect_error(state, q, PARAM_BRANCH, "f", ERR_USAGE, "no branch");
	/* It is in another build. */
	expect_error(state, q, PARAM_BRANCH, "mm", ERR_USAGE, "in build 1");
	expect_error(state, q, PARAM_BRANCH, "fs' OR '1", ERR_USAGE, "no br");
}

static void test_image(void **state)
{
	static const char q[] = "SELECT :image, :build";

	expect(state, q, PARAM_COUNT, "", "vmlinux,1;");
	expect(state, q, PARAM_IMAGE, "all", "all,1;");
	expect(state, q, PARAM_IMAGE, "modules", "modules,1;");
	expect(state, q, PARAM_IMAGE, "snd-pcm", "snd-pcm,1;");
	expect(state, q, PARAM_IMAGE, "snd_pcm", "snd-pcm,1;");
	expect(state, q, PARAM_IMAGE, "sound/core/snd-pcm.ko", "snd-pcm,1;");
	expect_error(state, q, PARAM_IMAGE, "snd-pc", ERR_USAGE,
		     "did you mean 'snd-pcm'?");
	/* The head may have another default. */
	expect(state, "-- param: image=all\nSELECT :image, 2", PARAM_COUNT, "",
	       "all,2;");
}

static void test_numbers_and_flags(void **state)
{
	static const char flags[] = "SELECT :malloc, :cache";

	expect(state, "SELECT :depth", PARAM_COUNT, "", "1;");
	expect(state, "SELECT :depth", PARAM_DEPTH, "3", "3;");
	expect(state, "-- param: depth=2\nSELECT :depth", PARAM_COUNT, "",
	       "2;");
	expect_error(state, "SELECT :depth", PARAM_DEPTH, "0", ERR_USAGE,
		     "'0'");
	expect_error(state, "SELECT :depth", PARAM_DEPTH, "-1", ERR_USAGE, "-");
	expect_error(state, "SELECT :depth", PARAM_DEPTH, "2x", ERR_USAGE, "x");
	expect_error(state, "SELECT :depth", PARAM_DEPTH, "", ERR_USAGE, "''");
	expect(state, "SELECT :above", PARAM_ABOVE, "1.5K", "1536;");
	expect(state, "SELECT :above", PARAM_COUNT, "", "0;");
	expect_error(state, "SELECT :above", PARAM_ABOVE, "-1", ERR_USAGE,
		     "no size");
	expect_error(state, "SELECT :above", PARAM_ABOVE, "1X", ERR_USAGE,
		     "no size");
	expect(state, flags, PARAM_COUNT, "", "1,1;");
	expect(state, flags, PARAM_MALLOC, "1", "1,0;");
	expect(state, flags, PARAM_CACHE, "1", "0,1;");
	expect(state, "SELECT :tracing", PARAM_COUNT, "", "1;");
	expect(state, "SELECT :tracing", PARAM_TRACING, "1", "0;");
	expect_error(state, "SELECT 1", PARAM_BRANCH, "fs", ERR_USAGE,
		     "takes no --branch");
}

static void test_order_and_limit(void **state)
{
	static const char q[] =
		"-- column: path text x\n-- column: total bytes x\n"
		"-- order: total\n"
		"SELECT path, total FROM objects WHERE build = 1 AND path NOT LIKE 'fs%' OR path LIKE 'fs/%';  -- a word";
	struct query_request request = { .limit = -1 };
	char out[400];

	/* Largest first, and what is not known last. */
	expect(state, q, PARAM_COUNT, "",
	       "fs/ext4/inode.o,30;fs/ext4/super.o,20;fs/open.o,10;drivers/net/a.o,NULL;");
	request.limit = 2;
	request.order_by = "path";
	assert_int_equal(run(*state, q, &request, out, sizeof(out)), 0);
	assert_string_equal(out, "drivers/net/a.o,NULL;fs/ext4/inode.o,30;");
	request.limit = 0;
	assert_int_equal(run(*state, q, &request, out, sizeof(out)), 0);
	assert_string_equal(out, "");
	request.order_by = "nope";
	assert_int_equal(run(*state, q, &request, out, sizeof(out)),
			 -ERR_USAGE);
	assert_string_equal(
		out, "no column 'nope' to sort by: there are path, total");
	/* Without an order the statement's own holds. */
	request = (struct query_request){ .limit = 2 };
	assert_int_equal(
		run(*state,
		    "SELECT path FROM objects WHERE path LIKE 'fs/%' ORDER BY total",
		    &request, out, sizeof(out)),
		0);
	assert_string_equal(out, "fs/open.o;fs/ext4/super.o;");
}

static void test_bad_reports(void **state)
{
	static const char *const reports[] = {
		"",
		"-- only words",
		"DELETE FROM objects",
		"SELECT 1; SELECT 2",
		"SELECT 1; DROP TABLE objects",
		"SELECT 1) UNION SELECT (2",
		"EXPLAIN SELECT 1",
		"PRAGMA user_version",
		"ATTACH ':memory:' AS x",
		"SELECT ?",
		"SELECT ?1",
		"SELECT @build",
		"SELECT :nope",
		"SELECT :kmemdb_limit",
		"SELECT load_extension('x')",
		"INSERT INTO builds VALUES (1, 1, 1, 1) RETURNING *",
		"-- order: nope\nSELECT 1 AS a",
		"-- column: nope text\nSELECT 1 AS a",
		"-- param: build\nSELECT 1",
		"SELECT * FROM missing",
		"SELECT zeroblob(100000000)",
	};

	for (size_t i = 0; i < sizeof(reports) / sizeof(reports[0]); i++) {
		struct query_request request = { .limit = -1 };
		char out[400];
		int rc = run(*state, reports[i], &request, out, sizeof(out));

		if (rc != -ERR_FORMAT && rc != -ERR_DB)
			fail_msg("'%s': %d '%s'", reports[i], rc, out);
	}
}

/* A built-in report's head must describe everything, in order. */
static void test_strict_heads(void **state)
{
	static const char *const reports[] = {
		"-- column: a text\nSELECT 1 AS a, 2 AS b",
		"-- column: b text\n-- column: a text\nSELECT 1 AS a, 2 AS b",
		"-- column: a text\nSELECT :branch AS a",
	};
	const struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(reports) / sizeof(reports[0]); i++) {
		struct query_request request = { .limit = -1 };
		struct rows *rows = NULL;
		struct report r;
		struct err e;

		assert_int_equal(report_parse("x", reports[i], true, &r, &e),
				 0);
		assert_int_equal(query_start(f->d, &r, &request, &rows, &e),
				 -ERR_FORMAT);
		assert_null(rows);
		report_release(&r);
	}
}

/* Types are the database's, whatever the head says. */
static void test_hostile_values(void **state)
{
	expect(state,
	       "-- column: a bytes sum x\n"
	       "SELECT 'text' AS a UNION ALL SELECT X'' UNION ALL SELECT 9e999 UNION ALL SELECT NULL UNION ALL SELECT -9223372036854775808",
	       PARAM_COUNT, "", "text;;inf;NULL;-9223372036854775808;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_build),
		cmocka_unit_test(test_trace),
		cmocka_unit_test(test_branch),
		cmocka_unit_test(test_image),
		cmocka_unit_test(test_numbers_and_flags),
		cmocka_unit_test(test_order_and_limit),
		cmocka_unit_test(test_bad_reports),
		cmocka_unit_test(test_strict_heads),
		cmocka_unit_test(test_hostile_values),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
