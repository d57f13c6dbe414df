/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One transaction for each audit or import: killed at any moment, the
 * database is as before.
 */
#ifndef STORE_TRANSACTION_H
#define STORE_TRANSACTION_H

#include "support/err.h"

struct store;

/*
 * Between begin and commit nobody else writes; others may read what was
 * there before.  begin waits for another writer up to wait_ms and then
 * fails with ERR_DB; 0 is at once.
 */
int store_begin(struct store *s, int wait_ms, struct err *e);
int store_commit(struct store *s, struct err *e);
void store_rollback(struct store *s);

#endif
