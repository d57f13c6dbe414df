/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How names are numbered: the database's job, asked for by those who know
 * names only by number (a symbol map) and must compare or show a text.
 */
#ifndef MODEL_NAME_NUMBERS_H
#define MODEL_NAME_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

#include "support/err.h"

/* Both calls return a negative error with e filled when they fail. */
struct name_numbers {
	void *ctx;
	/* 1: *ret is the text's number; 0: it has none. */
	int (*number)(void *ctx, const char *text, size_t len, int64_t *ret,
		      struct err *e);
	/* *ret is good until the next call. */
	int (*text)(void *ctx, int64_t number, const char **ret, struct err *e);
};

#endif
