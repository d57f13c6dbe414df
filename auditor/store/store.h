/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The writing side of the database: opening, creating and migrating it, and
 * one transaction for each audit or import.  One struct store, one thread.
 *
 * A database is a file of ours (application_id) of a version we know
 * (user_version); an empty or missing file becomes one, anything else is
 * refused with the reason.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "support/err.h"

struct store;

/* Opens for writing, creates, migrates. On failure *ret is untouched. */
int store_open(const char *path, struct store **ret, struct err *e);
/* Rolls back what was not committed.  NULL is fine. */
void store_close(struct store *s);

/*
 * Between begin and commit nobody else writes; others may read what was
 * there before.  begin waits for another writer up to wait_ms and then
 * fails with ERR_DB; 0 is at once.
 */
int store_begin(struct store *s, int wait_ms, struct err *e);
int store_commit(struct store *s, struct err *e);
void store_rollback(struct store *s);

/* Interned text. */
int store_name(struct store *s, const char *text, int64_t *ret_id,
	       struct err *e);
/* 1 and *ret_id where the database, or what is about to be written to it,
 * has the text; 0 where not: nothing is added. */
int store_name_find(struct store *s, const char *text, size_t len,
		    int64_t *ret_id, struct err *e);
/* The text of a number, good until the next call.  Negative where the
 * database has no such name. */
int store_name_text(struct store *s, int64_t id, const char **ret,
		    struct err *e);
/* A path relative to the tree, with its directories. */
int store_path(struct store *s, const char *path, int64_t *ret_id,
	       struct err *e);

#endif
