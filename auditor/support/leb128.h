/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Unsigned LEB128 (DWARF 5, 7.6): small numbers in few bytes.
 */
#ifndef SUPPORT_LEB128_H
#define SUPPORT_LEB128_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LEB128_MAX 10 /* bytes of the largest number */

/* Writes v at p, which has LEB128_MAX bytes; returns how many it took. */
static inline size_t leb128_put(unsigned char *p, uint64_t v)
{
	size_t n = 0;

	do {
		unsigned char byte = v & 0x7f;

		v >>= 7;
		p[n++] = v ? byte | 0x80 : byte;
	} while (v);
	return n;
}

/* Reads one number at *p and steps over it; false where it is cut at
 * end or does not fit into 64 bits. */
static inline bool leb128_get(const unsigned char **p, const unsigned char *end,
			      uint64_t *ret)
{
	uint64_t v = 0;

	for (unsigned int shift = 0; *p < end && shift < 64; shift += 7) {
		unsigned char byte = *(*p)++;

		v |= (uint64_t)(byte & 0x7f) << shift;
		if (byte & 0x80)
			continue;
		*ret = v;
		return shift < 63 || byte <= 1;
	}
	return false;
}

/* Signed numbers near 0 as small unsigned ones, and back. */
static inline uint64_t zigzag(int64_t v)
{
	return ((uint64_t)v << 1) ^ (v < 0 ? UINT64_MAX : 0);
}
static inline int64_t unzigzag(uint64_t v)
{
	return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

#endif
