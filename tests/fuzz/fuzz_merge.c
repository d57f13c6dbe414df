/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stranger's database that is merged: bytes of a file, of which SQLite says
 * what it likes.  Whatever comes of it, all is there or nothing.
 */
#include "store_fixture.h"

#include "store/copy/copy.h"
#include "store/copy/roots.h"
#include "store/statements.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct store *make_database(void)
{
	struct store *s;
	void *place;

	if (make_place(&place))
		abort();
	s = open_store(place);
	/* The open file lives on, and what is not committed needs no other. */
	sqlite3_exec(s->db, "PRAGMA journal_mode = MEMORY", NULL, NULL, NULL);
	remove_place(&place);
	return s;
}

static int64_t count(struct store *s, const char *sql)
{
	sqlite3_stmt *st = NULL;
	int64_t n = -1;

	if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) == SQLITE_OK &&
	    sqlite3_step(st) == SQLITE_ROW)
		n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return n;
}

static void merge(struct store *s, sqlite3 *from)
{
	struct copier *c;
	struct err e;

	if (store_begin(s, 0, &e))
		abort();
	if (copier_new(s, from, "stranger", false, &c, &e) == 0) {
		if (copy_everything(c, &e) == 0) {
			struct copy_counts n = copier_counts(c);

			/* What refers to a row has one. */
			if (store_flush_names(s, &e) ||
			    count(s,
				  "SELECT count(*) FROM pragma_foreign_key_check") !=
				    0 ||
			    count(s, "SELECT count(*) FROM build") !=
				    (int64_t)n.builds_added)
				abort();
		}
		copier_free(c);
	}
	store_rollback(s);
	/* Numbers of this session's names went with the transaction. */
	strmap_release(&s->names);
	strmap_release(&s->dirs);
	strmap_release(&s->paths);
	u64map_release(&s->name_ids);
	s->npending = 0;
	arena_release(&s->pending_text);
	if (count(s, "SELECT count(*) FROM build") != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct store *s;
	sqlite3 *from = NULL;
	unsigned char *bytes;

	if (!s)
		s = make_database();
	if (size < 512 || sqlite3_open(":memory:", &from) != SQLITE_OK)
		return 0;
	bytes = sqlite3_malloc64(size);
	if (bytes) {
		memcpy(bytes, data, size);
		sqlite3_limit(from, SQLITE_LIMIT_LENGTH, 1 << 20);
		sqlite3_db_config(from, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
		sqlite3_db_config(from, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0,
				  NULL);
		if (sqlite3_deserialize(from, "main", bytes,
					(sqlite3_int64)size,
					(sqlite3_int64)size,
					SQLITE_DESERIALIZE_FREEONCLOSE |
						SQLITE_DESERIALIZE_READONLY) ==
		    SQLITE_OK)
			merge(s, from);
	}
	sqlite3_close(from);
	return 0;
}
