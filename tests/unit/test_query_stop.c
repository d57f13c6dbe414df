/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What ends a statement before it is done: a signal, or the time.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "model/schema_version.h"
#include "query/database.h"
#include "query/statement.h"

#define ENDLESS                                                                \
	"WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"

static volatile sig_atomic_t flag;

static void on_alarm(int number)
{
	flag = number;
}

static double seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* An empty file that database_open takes for one of ours. */
static void make(char *path)
{
	char sql[128];
	sqlite3 *db;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
	snprintf(sql, sizeof(sql),
		 "PRAGMA application_id = %d; PRAGMA user_version = %d",
		 (int)KMEMDB_APPLICATION_ID, KMEMDB_SCHEMA_VERSION);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* Runs the endless statement until stop ends it. */
static void run_endless(struct query_stop *stop, double at_most,
			const char *message)
{
	char path[] = "/tmp/test_query_stop.XXXXXX";
	const char *tail;
	struct database *d;
	struct rows *rows;
	struct err e;
	double before;

	make(path);
	assert_int_equal(database_open_until(path, stop, &d, &e), 0);
	assert_int_equal(statement_start(d, ENDLESS, &rows, &tail, &e), 0);
	before = seconds();
	query_stop_start(stop);
	alarm(1);
	assert_int_equal(rows_next(rows, &e), -ERR_DB);
	alarm(0);
	assert_true(seconds() - before > 0.5);
	assert_true(seconds() - before < at_most);
	assert_non_null(strstr(e.text, message));
	statement_end(rows);
	/* The connection is as good as before. */
	flag = 0;
	assert_int_equal(statement_start(d, "SELECT 1", &rows, &tail, &e), 0);
	query_stop_start(stop);
	assert_int_equal(rows_next(rows, &e), 1);
	statement_end(rows);
	database_close(d);
	unlink(path);
}

static void test_interrupted(void **state)
{
	struct query_stop stop = { .interrupted = &flag };

	(void)state;
	run_endless(&stop, 3, "interrupted");
}

static void test_deadline(void **state)
{
	struct query_stop stop = { .seconds = 1 };

	(void)state;
	run_endless(&stop, 4, "stopped after 1 second,");
}

/* Nor does it wait for a lock, as long as that may be held. */
static void test_lock(void **state)
{
	struct query_stop stop = { .interrupted = &flag };
	char path[] = "/tmp/test_query_stop.XXXXXX";
	struct database *d;
	sqlite3 *writer;
	struct err e;
	double before;

	(void)state;
	make(path);
	flag = 0;
	assert_int_equal(sqlite3_open(path, &writer), SQLITE_OK);
	assert_int_equal(sqlite3_exec(writer, "BEGIN EXCLUSIVE", NULL, NULL,
				      NULL),
			 SQLITE_OK);
	before = seconds();
	alarm(1);
	assert_int_equal(database_open_until(path, &stop, &d, &e), -ERR_DB);
	assert_true(seconds() - before > 0.5 && seconds() - before < 4);
	assert_non_null(strstr(e.text, "interrupted"));
	sqlite3_close(writer);
	flag = 0;
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_interrupted),
		cmocka_unit_test(test_deadline),
		cmocka_unit_test(test_lock),
	};

	signal(SIGALRM, on_alarm);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
