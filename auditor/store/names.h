/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts and paths, each stored once and known by its number.
 *
 * Errors: ERR_DB where SQLite refuses, ERR_NOMEM.
 */
#ifndef STORE_NAMES_H
#define STORE_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "model/name_numbers.h"
#include "support/err.h"

struct store;

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
/* Both of these as a pair of calls; s must outlive it. */
struct name_numbers store_name_numbers(struct store *s);
/* A path relative to the tree, with its directories. */
int store_path(struct store *s, const char *path, int64_t *ret_id,
	       struct err *e);
/* A directory, likewise. */
int store_directory(struct store *s, const char *path, int64_t *ret_id,
		    struct err *e);

/* Inserts the new names, which else wait for the commit: before a statement
 * that reads them. */
int store_flush_names(struct store *s, struct err *e);

#endif
