/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of store/copy share: two databases, and the rows that go
 * from one to the other.  Private to store/copy.
 */
#ifndef STORE_COPY_COPIER_H
#define STORE_COPY_COPIER_H

#include <stdbool.h>
#include <stdint.h>

#include "store/copy/copy.h"
#include "store/copy/id_map.h"
#include "store/copy/tables.h"
#include "store/statements.h"

/* Of one table: its statements, by need, and what its numbers became. */
struct table_state {
	sqlite3_stmt *read_all, *read_parts, *read_one; /* of from */
	sqlite3_stmt *find, *put, *read_mine;		/* of to */
	struct id_map map;
};

struct copier {
	struct store *to;
	sqlite3 *from;
	const char *from_name; /* for messages */
	bool own;	       /* from is to be believed */
	struct copy_tables t;
	struct table_state *states;
	sqlite3_stmt *name, *path; /* of from */
	struct arena texts;	   /* of rows that wait */
	unsigned int depth;
	int64_t rows_left; /* more than its file has room for are not read */
	int64_t next_allocation; /* 0: not asked yet */
	struct copy_counts counts;
};

/* A row with its values; texts and blobs are good until the statement moves
 * on, or the arena they were kept in is released. */
struct row {
	struct value v[COPY_COLUMNS_MAX];
};

/* "'x.db' is damaged: TABLE WHY" */
int copy_damaged(const struct copier *c, const struct copy_table *t,
		 const char *why, struct err *e);
int copy_from_fail(const struct copier *c, struct err *e);

/* ---- rows.c ---- */

/* A statement of from, prepared when it is first asked for and bound. */
int copy_read(struct copier *c, const char *text, const int64_t *keys,
	      int nkeys, sqlite3_stmt **st, struct err *e);
/* 1 and the row, whose values are of the types that the schema names; 0 at
 * the end.  keep: texts are copied into c->texts. */
int copy_step(struct copier *c, const struct copy_table *t, sqlite3_stmt *st,
	      bool keep, struct row *ret, struct err *e);
/* Numbers of from become numbers of to.  The owner's is given. */
int copy_map_row(struct copier *c, const struct copy_table *t, int64_t owner,
		 struct row *row, struct err *e);
int copy_put(struct copier *c, const struct copy_table *t,
	     const struct row *row, int64_t *ret_id, struct err *e);
/* The column of a role, or -1. */
int copy_column(const struct copy_table *t, enum copy_role role);

/* ---- shared.c ---- */

int copy_shared(struct copier *c, int table, int64_t id, int64_t *ret,
		struct err *e);

/* ---- parts.c ---- */

/* All parts of a row of table owner, and theirs.  growing: only of tables
 * whose rows are added to those that are there. */
int copy_parts(struct copier *c, int owner, int64_t from_id, int64_t to_id,
	       bool growing, struct err *e);
int copy_allocations(struct copier *c, int64_t first, int64_t last,
		     int64_t new_first, struct err *e);

#endif
