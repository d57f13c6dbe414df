/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The writing side of the database: opening, creating and migrating it.
 * Beside it are the transactions (transaction.h) and the numbers of names
 * (names.h), which every user of it needs.  One struct store, one thread.
 *
 * A database is a file of ours (application_id) of a version we know
 * (user_version); an empty or missing file becomes one, anything else is
 * refused with the reason.
 *
 * Errors: ERR_DB where the file is not ours, newer than this program or cannot
 * be opened or written (the message says which), ERR_NOMEM.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <signal.h>

#include "store/names.h"
#include "store/transaction.h"
#include "store/waiter.h"
#include "support/err.h"

/* Opens for writing, creates, migrates. On failure *ret is untouched. */
int store_open(const char *path, struct store **ret, struct err *e);
int store_open_saying(const char *path, const struct store_waiting *waiting,
		      struct store **ret, struct err *e);
/* Brings an older database to this version, and does nothing else with it. */
int store_migrate(const char *path, struct err *e);
/* Statements, and waiting for others, end with an error once the flag is not
 * 0: set by a signal's handler.  NULL: never. */
void store_stop_on(struct store *s, const volatile sig_atomic_t *flag);
/* Rolls back what was not committed.  NULL is fine. */
void store_close(struct store *s);

#endif
