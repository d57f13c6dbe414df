/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/distance.h"

#include <string.h>

static size_t min(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Levenshtein's table, one row of it at a time. */
size_t edit_distance(const char *a, size_t alen, const char *b, size_t blen)
{
	size_t row[DISTANCE_MAX + 1];

	alen = min(alen, DISTANCE_MAX);
	blen = min(blen, DISTANCE_MAX);
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
