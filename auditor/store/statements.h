/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The prepared statements of a struct store, by number.  Private to store/.
 * sql/README.md says how one is added.
 */
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

#include "support/arena.h"
#include "support/err.h"
#include "store/waiter.h"
#include "store/statement_list.h" /* made from sql/store */
#include "support/strmap.h"
#include "support/u64map.h"

/* ST_BEGIN for the text after "-- statement: begin" in a file of sql/store,
 * and so on: a statement is added there and nowhere else. */
enum statement {
#define STATEMENT_NUMBER(id, name) ST_##id,
	STORE_STATEMENTS(STATEMENT_NUMBER)
#undef STATEMENT_NUMBER
		ST_COUNT
};

struct db_guard;

struct store {
	sqlite3 *db;
	char *path;
	struct db_guard *guard;
	struct store_waiting waiting;
	const volatile sig_atomic_t *stop; /* NULL: nobody can */
	int wait_ms;			   /* for locks of others */
	int64_t waits_since_ns;
	int waits_for; /* the process that was named; 0: one unknown, -1: none */
	bool in_transaction;
	bool small_numbers; /* of names: 1, 2, ... (table slim) */
	int64_t last_number;
	bool fresh; /* was empty at open: nothing to look up */
	sqlite3_stmt *statements[ST_COUNT];
	struct strmap names, dirs, paths; /* text -> id, of this session */
	/* Numbers of names that are or were pending -> index in pending. */
	struct u64map name_ids;
	struct pending_name *pending; /* to be inserted at the commit */
	size_t npending, pending_cap;
	struct arena pending_text;
	char *shown; /* store_name_text's last answer */
	size_t shown_cap;
};

/* A new name.  They go in together, sorted by number: one pass over the
 * table's pages instead of a jump for each. */
struct pending_name {
	int64_t id, norm; /* norm 0: none */
	const char *text;
};

/* One value of a row; text and blobs are borrowed for the call. */
struct value {
	enum { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB } type;
	int64_t i;
	const void *p;
	size_t len;
};

#define V_NULL ((struct value){ VALUE_NULL, 0, NULL, 0 })
#define V_INT(x) ((struct value){ VALUE_INT, (int64_t)(x), NULL, 0 })
/* NULL becomes NULL. */
#define V_TEXT(s) value_text(s)
#define V_BLOB(d, n) ((struct value){ VALUE_BLOB, 0, (d), (n) })

struct value value_text(const char *s);

/* Fills *e from the database's last error: "database 'x': …". */
int store_fail(struct store *s, struct err *e);

/* Runs a statement that returns no rows. */
int store_run(struct store *s, enum statement which, const struct value *values,
	      int nvalues, struct err *e);
/* Runs one, and gives the rowid it inserted. */
int store_insert(struct store *s, enum statement which,
		 const struct value *values, int nvalues, int64_t *ret_id,
		 struct err *e);
/* Runs a SELECT of one integer; 1 found, 0 no row, negative an error. */
int store_find(struct store *s, enum statement which,
	       const struct value *values, int nvalues, int64_t *ret,
	       struct err *e);
/* A bound SELECT to step by hand; reset it when done. */
int store_select(struct store *s, enum statement which,
		 const struct value *values, int nvalues, sqlite3_stmt **ret,
		 struct err *e);

/* For statements whose text is not known before the program runs: prepared
 * once, into *st, by the first call. */
int store_prepare(struct store *s, const char *text, sqlite3_stmt **st,
		  struct err *e);
int store_bind(struct store *s, sqlite3_stmt *st, int at, const struct value *v,
	       struct err *e);
/* The text of one, for another connection; others follow it. */
const char *store_statement_text(enum statement which);

void store_statements_release(struct store *s);

#endif
