/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/name_hash.h"

#include <xxhash.h>

int64_t name_hash(const char *text, size_t len)
{
	return (int64_t)XXH3_64bits(text, len) & NAME_MASK;
}
