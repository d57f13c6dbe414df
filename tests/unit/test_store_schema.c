/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * store/: a database of version 1 becomes one of today, or stays as it was;
 * names and their numbers.
 */
#include "store_fixture.h"

#include "model/schema_version.h"
#include "store/codemap_rows.h"
#include "support/sql_files.h"

/* A database as version 1 left it: one vmlinux of one object, whose calls
 * nobody looked for, and one module. */
static void make_version_1(const struct place *p)
{
	const char *schema = sql_file_text("schema/0001-base.sql");

	assert_non_null(schema);
	run_sql(p, schema);
	run_sql(p,
		"PRAGMA application_id = 1802331234; PRAGMA user_version = 1;"
		"CREATE VIEW builds AS SELECT id AS old FROM build;"
		"CREATE VIEW \"gone \"\" now\" AS SELECT 1;"
		"INSERT INTO name VALUES (1, 'vmlinux', NULL), (2, '.text', NULL), (3, 'f', NULL), (4, 'm-d', NULL);"
		"INSERT INTO dir VALUES (1, NULL, '');"
		"INSERT INTO path VALUES (1, 1, 'vmlinux'), (2, 1, 'a.o'), (3, 1, 'm-d.ko');"
		"INSERT INTO footprint VALUES (1, x'01', 1, 64, 0, 62, 0, 16, 0, 0, 0);"
		"INSERT INTO section VALUES (1, 0, 2, 0, 1, 6, 16, 16, 0, 8);"
		"INSERT INTO symbol VALUES (1, 0, 3, 0, 18, 4, 8, NULL);"
		"INSERT INTO build VALUES (1, 'x', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '/t', NULL, 1, x'00');"
		"INSERT INTO object VALUES (1, 2, 1, 0, NULL);"
		"INSERT INTO roster VALUES (1, x'01');"
		"INSERT INTO roster_member VALUES (1, 0, 2);"
		"INSERT INTO linked VALUES (1, x'01', 62, 64, 0, 16, 0, 0);"
		"INSERT INTO linked_section VALUES (1, 0, 2, 0, 1, 6, 4096, 16, 16);"
		"INSERT INTO image VALUES (1, 1, 1, 1, 0, 1, 1, NULL, 2, 1, 1), (2, 1, 3, 4, 1, 1, 1, NULL, 0, NULL, NULL);");
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
	assert_false(m.places[0].returns_known);
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
