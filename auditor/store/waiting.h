/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Waiting for who else has locks on the database, and finding out who that
 * is.  Private to store/; callers of store/ see store/waiter.h.
 */
#ifndef STORE_WAITING_H
#define STORE_WAITING_H

struct store;

/* How long from now on, in milliseconds; 0 is not at all. */
void store_wait_at_most(struct store *s, int ms);

#endif
