/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/grow.h"

#include <stdint.h>
#include <stdlib.h>

int grow_room(void **array, size_t count, size_t *capacity, size_t size)
{
	size_t cap, bytes;
	void *p;

	if (count < *capacity)
		return 0;
	if (*capacity > SIZE_MAX / 2)
		return -1;
	cap = *capacity ? *capacity * 2 : 16;
	if (__builtin_mul_overflow(cap, size, &bytes))
		return -1;
	p = realloc(*array, bytes);
	if (!p)
		return -1;
	*array = p;
	*capacity = cap;
	return 0;
}
