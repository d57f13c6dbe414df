/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One row: from a database that may be damaged, with its values checked and
 * its numbers mapped, into the other.  Private to store/copy.
 */
#ifndef STORE_COPY_ROWS_H
#define STORE_COPY_ROWS_H

#include "store/copy/copier.h"

/* "'x.db' is damaged: TABLE WHY" */
int copy_damaged(const struct copier *c, const struct copy_table *t,
		 const char *why, struct err *e);
int copy_from_fail(const struct copier *c, struct err *e);

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

#endif
