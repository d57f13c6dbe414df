/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/grouped.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *grouped_number(int64_t n, char ret[GROUPED_MAX])
{
	char digits[GROUPED_MAX];
	size_t len, at = 0;

	snprintf(digits, sizeof(digits), "%" PRId64, n < 0 ? -n : n);
	len = strlen(digits);
	if (n < 0)
		ret[at++] = '-';
	for (size_t i = 0; i < len && at + 2 < GROUPED_MAX; i++) {
		if (i && (len - i) % 3 == 0)
			ret[at++] = ',';
		ret[at++] = digits[i];
	}
	ret[at] = '\0';
	return ret;
}
