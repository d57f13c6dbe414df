/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line of a budget file as words, and words as numbers.  Pure.
 */
#ifndef CHECK_WORDS_H
#define CHECK_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/* "16K", "1.5M", "200" to bytes (K, M and G of 1024); false where it is no
 * size, or more than SIZE_LARGEST. */
#define SIZE_LARGEST ((int64_t)1 << 52)
bool size_parse(const char *word, int64_t *ret);

/* "2%", "0.25%" to hundredths of a percent, up to 100,000 %. */
bool percent_parse(const char *word, int64_t *ret);

/* The other way round, for a file that is written: the shortest exact words,
 * "16K" or "16385". */
const char *size_words(int64_t bytes, char *ret, size_t size);

#endif
