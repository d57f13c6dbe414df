/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sizes and shares as people write them.  Pure.
 */
#ifndef SUPPORT_SIZES_H
#define SUPPORT_SIZES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
