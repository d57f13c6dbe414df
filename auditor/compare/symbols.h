/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which symbol of a build is which symbol of another.  Pure: plain arrays in,
 * pairs out.
 *
 * Symbols are matched in passes, from strict to loose; what one pass has
 * matched, no later one sees:
 *
 *	1  object, section, name, type and size
 *	2  object, section, name and type
 *	3  object, name and type: the section changed
 *	4  object, base name and type: clones came or went (clone_name.h)
 *	5  name and type, where they are unique on both sides: moved
 *	6  base name and type, unique on both sides: moved
 *	7  object, section, type and size, after the same neighbour: renamed
 *
 * Several symbols of one key (static variables of one name, aliases) are
 * paired in their order, in passes within an object; across objects they are
 * left alone, since nothing tells which became which.  Binding is no part of
 * a key: a static function that was made global is the same function.
 */
#ifndef COMPARE_SYMBOLS_H
#define COMPARE_SYMBOLS_H

#include <stddef.h>
#include <stdint.h>

#include "support/err.h"

struct compare_symbol {
	int64_t path;	  /* the object's number; the same on both sides */
	int64_t section;  /* the section name's, likewise */
	const char *name; /* counters stripped; the caller's */
	uint64_t value;	  /* offset in the section: gives the order */
	uint64_t size;	  /* bytes, as the symbol says */
	uint8_t type;	  /* STT_* */
	/* 1 + the place on the other side of what is known to be its pair by
	 * pass 1, which says likewise: no pass looks at either, nor at their
	 * names.  0: to be found. */
	uint32_t same;
};

enum compare_what {
	COMPARE_SAME = 0, /* matched within its object and name */
	COMPARE_MOVED,	  /* to another object */
	COMPARE_RENAMED,
	COMPARE_ADDED,
	COMPARE_REMOVED,
};

#define COMPARE_NONE UINT32_MAX

struct compare_pair {
	uint32_t before, after; /* places in the arrays, or COMPARE_NONE */
	enum compare_what what;
};

/*
 * Every symbol of both sides is in exactly one pair of *ret_pairs, which the
 * caller frees; first those of before in their order, then the added ones.
 * Fails with ERR_NOMEM alone.  O(n log n).
 */
int compare_symbols(const struct compare_symbol *before, size_t nbefore,
		    const struct compare_symbol *after, size_t nafter,
		    struct compare_pair **ret_pairs, size_t *ret_count,
		    struct err *e);

#endif
