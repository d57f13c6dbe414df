/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/distance.h"

#include <stdint.h>
#include <string.h>

static size_t min(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Levenshtein's table, one row of it at a time. */
static size_t by_rows(const unsigned char *a, size_t alen,
		      const unsigned char *b, size_t blen)
{
	size_t row[DISTANCE_MAX + 1];

	for (size_t j = 0; j <= blen; j++)
		row[j] = j;
	for (size_t i = 1; i <= alen; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= blen; j++) {
			size_t replace = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			row[j] = min(replace, min(row[j], row[j - 1]) + 1);
		}
	}
	return row[blen];
}

/*
 * The same table, a column of it in the bits of two words: whether a cell is
 * one more, or one less, than the cell above it.  A column follows from the
 * one before in a dozen operations, whatever its height (Myers, "A fast
 * bit-vector algorithm for approximate string matching", 1999; Hyyro's form,
 * where the row above the table counts up).  a has 1 to 64 bytes.
 */
static size_t by_bits(const unsigned char *a, size_t alen,
		      const unsigned char *b, size_t blen)
{
	uint64_t at[256]; /* where a has that byte; set for bytes of both */
	uint64_t more = ~UINT64_C(0), less = 0;
	const uint64_t last = UINT64_C(1) << (alen - 1);
	size_t distance = alen;

	for (size_t j = 0; j < blen; j++)
		at[b[j]] = 0;
	for (size_t i = 0; i < alen; i++)
		at[a[i]] = 0;
	for (size_t i = 0; i < alen; i++)
		at[a[i]] |= UINT64_C(1) << i;
	for (size_t j = 0; j < blen; j++) {
		uint64_t same = at[b[j]], diagonal, right_more, right_less;

		diagonal = (((same & more) + more) ^ more) | same | less;
		right_more = less | ~(diagonal | more);
		right_less = more & diagonal;
		distance += (right_more & last) != 0;
		distance -= (right_less & last) != 0;
		right_more = right_more << 1 | 1;
		more = right_less << 1 | ~(diagonal | right_more);
		less = diagonal & right_more;
	}
	return distance;
}

size_t edit_distance(const char *a, size_t alen, const char *b, size_t blen)
{
	const unsigned char *x = (const unsigned char *)a;
	const unsigned char *y = (const unsigned char *)b;

	alen = min(alen, DISTANCE_MAX);
	blen = min(blen, DISTANCE_MAX);
	if (blen && blen <= 64)
		return by_bits(y, blen, x, alen);
	if (alen && alen <= 64)
		return by_bits(x, alen, y, blen);
	return by_rows(x, alen, y, blen);
}
