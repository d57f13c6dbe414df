/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the database has of one object, to be held against another reading of
 * the same file.
 *
 * Errors: ERR_DB where SQLite refuses, ERR_NOMEM.
 */
#ifndef STORE_READING_H
#define STORE_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/store.h"
#include "support/arena.h"

struct stored_symbol {
	const char *name;    /* counters stripped (model/strip_counters.h) */
	const char *section; /* "*ABS*", "*COM*" where it is in none */
	uint64_t value;	     /* offset in the section; COMMON: alignment */
	uint64_t size;	     /* bytes */
};

struct stored_reading {
	uint64_t text, data, bss; /* bytes, Berkeley */
	uint16_t machine;	  /* EM_* */
	bool has_symbols;	  /* false: only sections were measured */
	struct stored_symbol *symbols;
	size_t nsymbols;
};

struct stored_object {
	const char *path; /* relative to the tree */
	int64_t footprint;
};

/* Every object of a build that was measured; *ret lives in a. */
int store_reading_objects(struct store *s, int64_t build, struct arena *a,
			  struct stored_object **ret, size_t *ret_count,
			  struct err *e);

/* Adds a caveat to a build, where it has no equal one. */
int store_reading_difference(struct store *s, int64_t build, const char *text,
			     struct err *e);

/* Of a footprint of the current transaction; *ret lives in a. */
int store_reading(struct store *s, int64_t footprint, struct arena *a,
		  struct stored_reading *ret, struct err *e);

#endif
