/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A database with the program's schema and views, and the program's reports.
 */
#ifndef REPORT_FIXTURE_H
#define REPORT_FIXTURE_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "query/catalogue.h"
#include "query/database.h"
#include "fixture_file.h"
#include "support/sql_files.h"

struct report_fixture {
	char path[64];
	struct database *d;
	struct catalogue c;
};

static inline bool report_begins(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

static inline int report_exec(sqlite3 *db, const char *name, const char *sql)
{
	char *message = NULL;

	if (!sqlite3_exec(db, sql, NULL, NULL, &message))
		return 0;
	fprintf(stderr, "%s: %s\n", name, message);
	sqlite3_free(message);
	return -1;
}

static inline int report_run_files(sqlite3 *db, const char *folder)
{
	int rc = 0;

	for (const struct sql_file *f = sql_files; f->path && !rc; f++) {
		if (report_begins(f->path, folder))
			rc = report_exec(db, f->path, f->text);
	}
	return rc;
}

static inline int report_load(sqlite3 *db, const char *fixture)
{
	char *sql = fixture_text(fixture);
	int rc = sql ? report_exec(db, fixture, sql) : -1;

	free(sql);
	return rc;
}

/* What store/ makes of an empty file, without store/; and the rows of a
 * file of tests/fixtures (NULL: none). */
static inline int report_make(const char *path, const char *fixture)
{
	sqlite3 *db;
	int rc = sqlite3_open(path, &db);

	if (!rc)
		rc = report_run_files(db, "schema/current.sql");
	if (!rc)
		rc = report_run_files(db, "views/");
	if (!rc)
		rc = report_run_files(db, "store/identity.sql");
	if (!rc && fixture)
		rc = report_load(db, fixture);
	/* What an audit adds up at its end; without a number, of all. */
	if (!rc)
		rc = report_run_files(db, "store/branches.sql");
	sqlite3_close(db);
	return rc;
}

static inline int report_setup(void **state, const char *fixture)
{
	struct report_fixture *f = calloc(1, sizeof(*f));
	struct err e = { .text = "" };
	int fd;

	if (!f)
		return -1;
	snprintf(f->path, sizeof(f->path), "/tmp/kmemdb-test-XXXXXX");
	fd = mkstemp(f->path);
	close(fd);
	if (fd < 0 || report_make(f->path, fixture) ||
	    database_open(f->path, &f->d, &e) || catalogue_read(&f->c, &e)) {
		fprintf(stderr, "%s\n", e.text);
		return -1;
	}
	*state = f;
	return 0;
}

static inline int report_teardown(void **state)
{
	struct report_fixture *f = *state;

	catalogue_release(&f->c);
	database_close(f->d);
	unlink(f->path);
	free(f);
	return 0;
}

#endif
