/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is told that a database is being written by somebody else.
 */
#ifndef STORE_WAITER_H
#define STORE_WAITER_H

/* Told when a lock of somebody else has been waited for longer than a second:
 * "process 42 (kmemdb import boot.log), which writes it". */
struct store_waiting {
	void (*say)(void *ctx, const char *for_whom);
	void *ctx;
};

#endif
