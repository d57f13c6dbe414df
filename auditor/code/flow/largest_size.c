/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/flow/largest_size.h"

/*
 * The largest size that fits, as compilers write it: 2^64 / n or one less, of
 * a size n of an array's element (also with 2^63).
 */
bool is_largest_size(uint64_t k, uint8_t word)
{
	const uint64_t all = word == 8 ? UINT64_MAX : UINT32_MAX;

	if (k >= all || k < (word == 4 ? 1 << 16 : (uint64_t)1 << 40))
		return false;
	for (uint64_t q = k - 1; q <= k; q++) {
		/* Rounded to the nearest. */
		uint64_t n = all / q + (all % q >= q / 2 ? 1 : 0);

		for (uint64_t d = n > 2 ? n - 1 : 2; d <= n + 1; d++)
			if (d <= (uint64_t)1 << 22 &&
			    (all / d == q || all / 2 / d == q))
				return true;
	}
	return false;
}
