/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which call site of a trace is which of another.  Pure: plain arrays in,
 * pairs out.
 *
 * A site's offset moves with every change of its function, so sites are
 * matched by function: the sites of one function (clones of it together) and
 * kind are two sequences, laid beside each other without changing their
 * order, so that most is alike: what asks for it, the cache, the flags, the
 * size.  What is left is matched out of order where it is much alike, then by
 * object and owner alone: the owner was inlined into another function.
 */
#ifndef COMPARE_SITES_H
#define COMPARE_SITES_H

#include <stddef.h>
#include <stdint.h>

#include "support/err.h"

/* Texts are the caller's, and never NULL; "" is not known. */
struct compare_site {
	const char *path;     /* the object, or why there is none */
	const char *function; /* that holds the call, as it is called after */
	const char *owner;    /* that asked */
	const char *cache;
	const char *flags;
	uint64_t offset; /* in the function: gives the order */
	uint64_t size;	 /* bytes that most of its allocations ask for */
	int kind;
};

#define COMPARE_SITE_NONE UINT32_MAX

struct compare_site_pair {
	uint32_t before, after; /* places in the arrays, or COMPARE_SITE_NONE */
};

/*
 * Every site of both sides is in exactly one pair of *ret_pairs, which the
 * caller frees; first those of before in their order, then those that came.
 * Fails with ERR_NOMEM alone.  A function of thousands of sites is matched by
 * order of place and equality alone.
 */
int compare_sites(const struct compare_site *before, size_t nbefore,
		  const struct compare_site *after, size_t nafter,
		  struct compare_site_pair **ret_pairs, size_t *ret_count,
		  struct err *e);

#endif
