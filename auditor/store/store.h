/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The writing side of the database: opening, creating and migrating it.
 * Beside it are the transactions (transaction.h) and the numbers of names
 * (names.h), which every user of it needs.  One struct store, one thread.
 *
 * A database is a file of ours (application_id) of a version we know
 * (user_version); an empty or missing file becomes one, anything else is
 * refused with the reason.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "store/names.h"
#include "store/transaction.h"
#include "support/err.h"

/* Opens for writing, creates, migrates. On failure *ret is untouched. */
int store_open(const char *path, struct store **ret, struct err *e);
/* Rolls back what was not committed.  NULL is fine. */
void store_close(struct store *s);

#endif
