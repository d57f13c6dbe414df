/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * store/copy: every table of the schema is known to it, and its rows arrive;
 * so do those of tables that nobody has thought of yet.
 */
#include "store_fixture.h"

#include "store/copy/copy.h"
#include "store/copy/drop.h"
#include "store/copy/roots.h"
#include "store/copy/tables.h"
#include "store/statements.h"

/* A row of each table: number 1, references to the rows of number 1. */
static void put_row(struct store *s, const struct copy_table *t, int self)
{
	sqlite3_stmt *st = NULL;

	OK(store_prepare(s, t->put, &st, &e));
	for (int i = 0; i < t->ncolumns; i++) {
		const struct copy_column *c = &t->columns[i];
		if (c->type == TYPE_INTEGER)
			sqlite3_bind_int(st, i + 1, 1);
		else if (c->type == TYPE_TEXT)
			sqlite3_bind_text(st, i + 1, "text", -1, SQLITE_STATIC);
		else if (c->role == COL_NAMES)
			sqlite3_bind_zeroblob(st, i + 1, 0);
		else
			sqlite3_bind_zeroblob(st, i + 1, 16);
		/* Nothing is its own parent. */
		if (c->ref == self)
			sqlite3_bind_null(st, i + 1);
	}
	if (sqlite3_step(st) != SQLITE_DONE)
		fail_msg("%s: %s", t->name, sqlite3_errmsg(s->db));
	sqlite3_finalize(st);
}

static int64_t count(struct store *s, const char *table)
{
	char *sql = sqlite3_mprintf("SELECT count(*) FROM \"%w\"", table);
	sqlite3_stmt *st = NULL;
	int64_t n;

	assert_int_equal(sqlite3_prepare_v2(s->db, sql, -1, &st, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	sqlite3_free(sql);
	return n;
}

static void run(struct store *s, const char *sql)
{
	if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(s->db));
}

/* What a table that comes later may look like. */
static const char *const more_tables[] = {
	"CREATE TABLE later_message (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, text TEXT NOT NULL);",
	"CREATE TABLE later_finding (footprint INTEGER NOT NULL REFERENCES footprint(id), ordinal INTEGER NOT NULL, message INTEGER REFERENCES later_message(id), PRIMARY KEY (footprint, ordinal)) WITHOUT ROWID;",
	"CREATE TABLE later_commit (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, subject TEXT);",
	"CREATE TABLE later_parent (child INTEGER NOT NULL REFERENCES later_commit(id), ordinal INTEGER NOT NULL, parent INTEGER NOT NULL REFERENCES later_commit(id), PRIMARY KEY (child, ordinal)) WITHOUT ROWID;",
	"CREATE TABLE later_packed (image INTEGER PRIMARY KEY REFERENCES image(id), bytes INTEGER NOT NULL);",
	"CREATE TABLE later_peak (trace INTEGER NOT NULL REFERENCES trace(id), dir TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (trace, dir)) WITHOUT ROWID;",
	"CREATE TABLE later_word (word TEXT PRIMARY KEY, bytes INTEGER) WITHOUT ROWID;",
	NULL,
};

static const char *const nothing_more[] = { NULL };

struct pair {
	struct place *p;
	struct place q;
	struct store *from, *to;
	sqlite3 *reading;
	struct copy_tables t;
};

static void open_pair(struct place *p, const char *const *more,
		      struct pair *ret)
{
	struct pair pair = { .p = p, .q = *p };

	snprintf(pair.q.path, sizeof(pair.q.path), "%s/to.db", p->dir);
	pair.from = open_store(p);
	pair.to = open_store(&pair.q);
	for (; *more; more++) {
		run(pair.from, *more);
		run(pair.to, *more);
	}
	OK(copy_tables_load(pair.from, &pair.t, &e));
	for (size_t i = 0; i < pair.t.count; i++)
		put_row(pair.from, &pair.t.tables[i], (int)i);
	assert_int_equal(sqlite3_open_v2(p->path, &pair.reading,
					 SQLITE_OPEN_READONLY, NULL),
			 SQLITE_OK);
	*ret = pair;
}

static void close_pair(struct pair *pair)
{
	copy_tables_release(&pair->t);
	sqlite3_close(pair->reading);
	store_close(pair->from);
	store_close(pair->to);
	unlink(pair->q.path);
}

static struct copy_counts copy_all(struct pair *pair)
{
	struct copy_counts counts;
	struct copier *c;

	OK(store_begin(pair->to, 0, &e));
	OK(copier_new(pair->to, pair->reading, "from", true, &c, &e));
	OK(copy_everything(c, &e));
	counts = copier_counts(c);
	copier_free(c);
	OK(store_commit(pair->to, &e));
	return counts;
}

static void check_rows(const struct pair *pair)
{
	for (size_t i = 0; i < pair->t.count; i++) {
		const struct copy_table *t = &pair->t.tables[i];
		int64_t n = count(pair->to, t->name);

		/* The root and the directory itself. */
		int64_t all = t->kind == COPY_LOCAL ? 0
			      : t->kind == COPY_DIR ? 2
						    : 1;

		if (n != all)
			fail_msg("table '%s': %lld rows arrived, not %lld",
				 t->name, (long long)n, (long long)all);
	}
}

/* Fails where a new table follows none of the rules of sql/store/copy.sql. */
static void test_every_table(void **state)
{
	struct pair pair;
	struct copy_counts n;

	open_pair(*state, nothing_more, &pair);
	assert_int_equal(
		pair.t.count,
		ask(pair.p,
		    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"));
	n = copy_all(&pair);
	assert_int_equal(n.builds_added, 1);
	assert_int_equal(n.traces_added, 1);
	check_rows(&pair);
	/* Once more: nothing new. */
	n = copy_all(&pair);
	assert_int_equal(n.builds_known, 1);
	assert_int_equal(n.traces_known, 1);
	assert_int_equal(n.builds_added + n.builds_replaced, 0);
	check_rows(&pair);
	close_pair(&pair);
}

/* A number of a row is copied as it is where nothing says that it is one. */
static void test_references_are_named(void **state)
{
	struct pair pair;

	open_pair(*state, nothing_more, &pair);
	for (size_t i = 0; i < pair.t.count; i++) {
		const struct copy_table *t = &pair.t.tables[i];

		for (int k = 0; k < t->ncolumns; k++) {
			const struct copy_column *c = &t->columns[k];
			int named = copy_table_find(&pair.t, c->name);

			if (c->role == COL_PLAIN && c->type == TYPE_INTEGER &&
			    named >= 0 && pair.t.tables[named].numbered)
				fail_msg("%s.%s has no REFERENCES", t->name,
					 c->name);
		}
	}
	close_pair(&pair);
}

static void test_later_tables(void **state)
{
	struct pair pair;

	open_pair(*state, more_tables, &pair);
	copy_all(&pair);
	check_rows(&pair);
	close_pair(&pair);
}

/* Everything that is no name, commit or word goes with the last build. */
static void test_drop(void **state)
{
	struct pair pair;

	open_pair(*state, more_tables, &pair);
	OK(store_begin(pair.from, 0, &e));
	OK(drop_root(pair.from, "trace", 1, &e));
	OK(drop_root(pair.from, "build", 1, &e));
	OK(drop_unused(pair.from, &e));
	OK(store_commit(pair.from, &e));
	for (size_t i = 0; i < pair.t.count; i++) {
		const struct copy_table *t = &pair.t.tables[i];
		bool stays = strcmp(t->name, "slim") == 0 ||
			     t->kind == COPY_ROWS ||
			     strncmp(t->name, "later_commit", 12) == 0 ||
			     strcmp(t->name, "later_parent") == 0;

		if ((count(pair.from, t->name) != 0) != stays)
			fail_msg("table '%s': %lld rows left", t->name,
				 (long long)count(pair.from, t->name));
	}
	close_pair(&pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_every_table, make_place,
						remove_place),
		cmocka_unit_test_setup_teardown(test_references_are_named,
						make_place, remove_place),
		cmocka_unit_test_setup_teardown(test_later_tables, make_place,
						remove_place),
		cmocka_unit_test_setup_teardown(test_drop, make_place,
						remove_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
