/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The symbols of the objects that differ between two builds, as compare/
 * takes them.  Private to diff*.c.
 */
#ifndef QUERY_DIFF_SYMBOLS_H
#define QUERY_DIFF_SYMBOLS_H

#include <stddef.h>
#include <stdint.h>

#include "compare/symbols.h"
#include "query/database.h"
#include "support/arena.h"
#include "support/err.h"

/* A symbol as the database has it, beside what is compared of it. */
struct diff_symbol {
	int64_t object; /* diff_object.id */
	int64_t name_id;
	const char *section;
	const char
		*symbol; /* not looked up where it is the same on both sides */
	int64_t own;	 /* bytes */
};

struct diff_side {
	struct compare_symbol *symbols;
	struct diff_symbol *stored; /* as symbols */
	size_t n, symbols_room, stored_room;
};

/* An object, and how many of its symbols differ. */
struct diff_place {
	int64_t id;
	const char *path, *before_path; /* NULL: it is not there */
	int64_t added, removed, changed;
};

struct diff_symbols {
	struct diff_side before, after;
	struct diff_place *places; /* by id */
	size_t nplaces;
	struct arena arena; /* all texts */
};

/*
 * Of the objects of temp.diff_object; names are "" so far.  ret is all zeros,
 * and to be released on failure, too.
 */
int diff_symbols_load(const struct database *d, struct diff_symbols *ret,
		      struct err *e);
/* Looks up the names of those that are not known to be the same. */
int diff_symbols_name(const struct database *d, struct diff_symbols *s,
		      struct err *e);
/* Of an object of these symbols. */
struct diff_place *diff_symbols_place(const struct diff_symbols *s, int64_t id);
void diff_symbols_release(struct diff_symbols *s);

#endif
