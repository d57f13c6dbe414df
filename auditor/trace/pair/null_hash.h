/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Kernels 5.2 to 5.7 print NULL as a hash like any other pointer, so that
 * kfree(NULL), the most frequent kfree of all, looks like one object that is
 * freed again and again.  This finds that object in constant memory.
 */
#ifndef TRACE_PAIR_NULL_HASH_H
#define TRACE_PAIR_NULL_HASH_H

#include <stdbool.h>
#include <stdint.h>

/* Frees in a row, with no allocation between, that no real object has. */
#define NULL_HASH_PROOF 16
#define NULL_HASH_SLOTS 8

struct null_hash {
	uint64_t found; /* the hash of NULL; 0: not known */
	struct {
		uint64_t ptr;
		uint32_t weight; /* 0: empty */
		uint32_t seen;
		uint32_t rows[NULL_HASH_PROOF]; /* who freed it, so far */
	} slots[NULL_HASH_SLOTS];
};

/*
 * An unmatched kfree of ptr by the rollup row.  Returns NULL, or, when this
 * one proves that ptr is NULL's hash, the rows of all NULL_HASH_PROOF frees.
 */
const uint32_t *null_hash_free(struct null_hash *n, uint64_t ptr, uint32_t row);

/* ptr was allocated: so it is something. */
void null_hash_alloc(struct null_hash *n, uint64_t ptr);

#endif
