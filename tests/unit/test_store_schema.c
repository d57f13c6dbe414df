/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * store/: a database of version 1 becomes one of today, or stays as it was;
 * names and their numbers.
 */
#include "fixture_file.h"
#include "store_fixture.h"

#include "model/schema_version.h"
#include "store/codemap_rows.h"
#include "support/sql_files.h"

/* A database as version 1 left it. */
static void make_version_1(const struct place *p)
{
	const char *schema = sql_file_text("schema/0001-base.sql");
	char *rows = fixture_text("version-1.sql");

	assert_non_null(schema);
	assert_non_null(rows);
	run_sql(p, schema);
	run_sql(p, rows);
	free(rows);
}

static void test_migration(void **state)
{
	struct place *p = *state;
	struct place fresh = *p;

	make_version_1(p);
	store_close(open_store(p));
	assert_int_equal(ask(p, "PRAGMA user_version"), KMEMDB_SCHEMA_VERSION);
	assert_int_equal(ask(p, "PRAGMA application_id"),
			 KMEMDB_APPLICATION_ID);
	/* The old views are gone, today's are there, the rows have stayed. */
	assert_int_equal(
		ask(p,
		    "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'gone%'"),
		0);
	assert_int_equal(ask(p, "SELECT count(*) FROM builds"), 1);
	assert_int_equal(ask(p, "SELECT count(*) FROM symbol"), 1);
	assert_int_equal(ask(p, "SELECT count(*) FROM image_map"), 0);

	/* What is there is what a new database has. */
	snprintf(fresh.path, sizeof(fresh.path), "%s/new.db", p->dir);
	store_close(open_store(&fresh));
	assert_int_equal(ask(p, "SELECT count(*) FROM sqlite_schema"),
			 ask(&fresh, "SELECT count(*) FROM sqlite_schema"));
	unlink(fresh.path);
}

/* The map of a build that version 1 stored: names and offsets, no more. */
static void test_map_of_version_1(void **state)
{
	struct place *p = *state;
	struct symbol_map m;
	struct store *s;

	make_version_1(p);
	s = open_store(p);
	OK(store_map_load(s, 1, &m, &e));
	assert_int_equal(m.nimages, 2);
	assert_string_equal(m.images[0].name_text, "vmlinux");
	assert_false(m.images[0].placed);
	assert_string_equal(m.images[1].name_text, "m_d");
	assert_true(m.images[1].placed); /* by ld -r's rules */
	assert_int_equal(m.nplaces, 2);
	assert_false(m.places[0].return_sites_known);
	assert_int_equal(m.places[0].size, 16);
	assert_int_equal(m.nsymbols, 2);
	assert_int_equal(m.symbols[0].name, 3);
	assert_int_equal(m.symbols[0].addr - m.places[0].addr, 4);
	symbol_map_release(&m);
	/* A build that is not there has no images. */
	OK(store_map_load(s, 2, &m, &e));
	assert_int_equal(m.nimages, 0);
	symbol_map_release(&m);
	store_close(s);
}

/* Something is in the way: all stays as it was. */
static void test_failed_migration(void **state)
{
	struct place *p = *state;
	struct err why = { 0 };
	struct store *s;

	make_version_1(p);
	run_sql(p, "CREATE TABLE allocation (mine);");
	assert_int_equal(store_open(p->path, &s, &why), -ERR_DB);
	assert_non_null(strstr(why.text, "schema/0002"));
	assert_int_equal(ask(p, "PRAGMA user_version"), 1);
	assert_int_equal(
		ask(p,
		    "SELECT count(*) FROM sqlite_schema WHERE name = 'return_site'"),
		0);
	assert_int_equal(ask(p, "SELECT old FROM builds"), 1);
}

static int find(struct store *s, const char *text, int64_t *ret)
{
	struct err e = { 0 };
	int r = store_name_find(s, text, strlen(text), ret, &e);

	if (r < 0)
		fail_msg("%s", e.text);
	return r;
}

static void check_text(struct store *s, int64_t id, const char *expected)
{
	const char *text = NULL;

	OK(store_name_text(s, id, &text, &e));
	assert_string_equal(text, expected);
}

static void test_names(void **state)
{
	struct place *p = *state;
	struct store *s = open_store(p);
	int64_t a = 0, b = 0, norm = 0, other = 0;
	const char *text;
	struct err why = { 0 };

	OK(store_begin(s, 0, &e));
	assert_int_equal(find(s, "alpha", &other), 0);
	OK(store_name(s, "alpha", &a, &e));
	OK(store_name(s, "beta.12", &b, &e));
	/* Pending: seen, with what was normalised. */
	assert_int_equal(find(s, "alpha", &other), 1);
	assert_int_equal(other, a);
	assert_int_equal(find(s, "beta.#", &norm), 1);
	check_text(s, a, "alpha");
	check_text(s, b, "beta.12");
	check_text(s, norm, "beta.#");
	/* A part of a text that goes on is another text. */
	assert_int_equal(store_name_find(s, "alphabet", 5, &other, &why), 1);
	assert_int_equal(other, a);
	assert_int_equal(store_name_find(s, "alphabet", 8, &other, &why), 0);
	OK(store_commit(s, &e));
	check_text(s, a, "alpha");
	store_close(s);

	/* Stored: likewise, and looking up adds nothing. */
	s = open_store(p);
	assert_int_equal(find(s, "beta.12", &other), 1);
	assert_int_equal(other, b);
	check_text(s, b, "beta.12");
	assert_int_equal(find(s, "gamma", &other), 0);
	OK(store_begin(s, 0, &e));
	OK(store_commit(s, &e));
	assert_int_equal(ask(p, "SELECT count(*) FROM name"), 3);
	assert_int_equal(store_name_text(s, a + b + 1, &text, &why), -ERR_DB);
	store_close(s);
}

/* A program that was quicker to write into a database that this one made:
 * its names must be seen. */
static void test_names_of_another(void **state)
{
	struct place *p = *state;
	struct store *mine = open_store(p), *other = open_store(p);
	int64_t a = 0, b = 0;

	OK(store_begin(other, 0, &e));
	OK(store_name(other, "alpha", &a, &e));
	OK(store_commit(other, &e));
	OK(store_begin(mine, 0, &e));
	OK(store_name(mine, "alpha", &b, &e));
	OK(store_commit(mine, &e));
	assert_int_equal(a, b);
	store_close(mine);
	store_close(other);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_place, remove_place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_migration),	     TEST(test_map_of_version_1),
		TEST(test_failed_migration), TEST(test_names),
		TEST(test_names_of_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
