/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line of a budget file as words.  Pure.
 */
#ifndef CHECK_WORDS_H
#define CHECK_WORDS_H

#include <stddef.h>

#include "support/arena.h"
#include "support/err.h"

/* No line has a use for more. */
#define WORDS_MAX 8

struct words {
	const char *list[WORDS_MAX]; /* in the arena */
	size_t count;
};

/*
 * Words are divided by blanks; one in double quotes may hold some; a # at the
 * beginning of a word ends the line.  *ret_why is NULL, or says what is wrong
 * with the line.  ERR_NOMEM alone.
 */
int words_split(const char *at, size_t len, struct arena *a, struct words *ret,
		const char **ret_why, struct err *e);

#endif
