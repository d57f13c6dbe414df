/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rounding up to an alignment, as linkers do it.  Private to link/.
 */
#ifndef LINK_ALIGN_H
#define LINK_ALIGN_H

#include <stdint.h>

/* The first multiple of align from v on, modulo 2^64; align may be 0, 1 or no
 * power of two. */
static inline uint64_t align_up(uint64_t v, uint64_t align)
{
	uint64_t rest = align > 1 ? v % align : 0;

	return rest ? v + (align - rest) : v;
}

#endif
