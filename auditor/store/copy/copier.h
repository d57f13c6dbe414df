/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of store/copy share: two databases, and the rows that go
 * from one to the other.  Private to store/copy.
 */
#ifndef STORE_COPY_COPIER_H
#define STORE_COPY_COPIER_H

#include <stdbool.h>
#include <stdint.h>

#include "store/copy/counts.h"
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
	sqlite3_stmt *name, *path, *dir; /* of from */
	struct arena texts;		 /* of rows that wait */
	unsigned int depth;
	/* A row that is stored once: of shared.c, which needs rows.c. */
	int (*shared)(struct copier *c, int table, int64_t id, int64_t *ret,
		      struct err *e);
	int64_t rows_left; /* more than its file has room for are not read */
	int64_t next_allocation; /* 0: not asked yet */
	struct copy_counts counts;
};

/* A row with its values; texts and blobs are good until the statement moves
 * on, or the arena they were kept in is released. */
struct row {
	struct value v[COPY_COLUMNS_MAX];
};

#endif
