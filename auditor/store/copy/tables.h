/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of the schema, as somebody must know them who copies rows from
 * one database to another: what refers to what, what is part of what, and the
 * statements that read and write each.  All of it is told by the schema
 * itself (sql/store/copy.sql has the rules), so that a new table needs no
 * line here.
 */
#ifndef STORE_COPY_TABLES_H
#define STORE_COPY_TABLES_H

#include <stdbool.h>
#include <stddef.h>

#include "support/arena.h"
#include "support/err.h"

struct store;

/* More than any table has. */
#define COPY_COLUMNS_MAX 96

enum copy_kind {
	COPY_SHARED, /* stored once, found by its UNIQUE key */
	COPY_PART,   /* of a row of its owner */
	COPY_RANGE,  /* table allocation */
	COPY_ROWS,   /* copied whole */
	COPY_ROOT,   /* a build or a trace */
	COPY_NAME,
	COPY_PATH,
	COPY_DIR,   /* made with its paths */
	COPY_LOCAL, /* not copied */
};

enum copy_role {
	COL_PLAIN,
	COL_ID,
	COL_OWNER, /* the row that this one is part of */
	COL_REF,   /* the number of a row of another table */
	COL_NAME0, /* of a name, or 0 */
	COL_NAMES, /* a blob with numbers of names (codemap/blob.h) */
	COL_FIRST, /* of a trace's rows of table allocation, */
	COL_LAST,  /* and the last */
};

enum copy_type { TYPE_INTEGER, TYPE_TEXT, TYPE_BLOB };

struct copy_column {
	const char *name;
	enum copy_type type;
	enum copy_role role;
	int ref; /* index of the table, or -1 */
	bool required, in_key;
	bool in_primary;
};

struct copy_table {
	const char *name;
	enum copy_kind kind;
	int owner;	 /* index of the table, or -1 */
	bool numbered;	 /* has a column id */
	bool grows;	 /* rows are added to those that are there */
	bool hashed;	 /* its key is the digest of its content */
	bool referenced; /* by a table that is not its part */
	const char *read_all, *read_parts, *read_one, *find, *put;
	struct copy_column columns[COPY_COLUMNS_MAX];
	int ncolumns;
};

struct copy_tables {
	struct copy_table *tables;
	size_t count;
	struct arena arena;
};

#define COPY_TABLES_INIT                                                       \
	{                                                                      \
		NULL, 0, ARENA_INIT                                            \
	}

/* Of the database's own schema. */
int copy_tables_load(struct store *s, struct copy_tables *ret, struct err *e);
void copy_tables_release(struct copy_tables *t);

/* The index of a table, or -1. */
int copy_table_find(const struct copy_tables *t, const char *name);

#endif
