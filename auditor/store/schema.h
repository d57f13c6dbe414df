/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What makes a file a database of this version.  Private to store/.
 *
 * Errors: ERR_DB where SQLite refuses, ERR_NOMEM.
 */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "support/err.h"

struct store;

/*
 * Creates the schema in an empty database, and migrates one of an older
 * version, each in one transaction; refuses what is not ours or newer.
 * s->fresh tells whether it was empty.
 */
int schema_bring_up(struct store *s, struct err *e);

/* Runs all statements of a file of sql/. */
int schema_run_file(struct store *s, const char *path, struct err *e);

#endif
