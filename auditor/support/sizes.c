/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/sizes.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* Digits with at most `places` after a point, times 10^places; NULL where
 * there are none, or it is more than max. */
static const char *decimal(const char *p, int places, int64_t max, int64_t *ret)
{
	const char *start = p;
	bool point = false;
	int64_t v = 0;

	for (;; p++) {
		if (*p == '.' && !point && p > start) {
			point = true;
			continue;
		}
		if (*p < '0' || *p > '9')
			break;
		if (point && places-- == 0)
			return NULL;
		if (v > (max - (*p - '0')) / 10)
			return NULL;
		v = v * 10 + (*p - '0');
	}
	if (p == start || p[-1] == '.')
		return NULL;
	for (; places > 0; places--) {
		if (v > max / 10)
			return NULL;
		v *= 10;
	}
	*ret = v;
	return p;
}

bool size_parse(const char *word, int64_t *ret)
{
	static const char units[] = "KMGkmg";
	int64_t thousandths;
	const char *p = decimal(word, 3, SIZE_LARGEST * 1000, &thousandths);
	const char *unit;
	int shift = 0;

	if (!p)
		return false;
	unit = *p ? strchr(units, *p) : NULL;
	if (unit) {
		shift = 10 * (int)((unit - units) % 3 + 1);
		p++;
	}
	if (*p || thousandths > (SIZE_LARGEST * 1000) >> shift)
		return false;
	/* Half a byte is no size. */
	if (!shift && thousandths % 1000)
		return false;
	/* Of thousandths and of what is left of them, so that nothing
	 * overflows: 2^52 * 1000 has no room for a shift. */
	*ret = ((thousandths / 1000) << shift) +
	       (((thousandths % 1000) << shift) / 1000);
	return true;
}

bool percent_parse(const char *word, int64_t *ret)
{
	int64_t v;
	const char *p = decimal(word, 2, 10000000, &v);

	if (!p || strcmp(p, "%") != 0)
		return false;
	*ret = v;
	return true;
}

const char *size_words(int64_t bytes, char *ret, size_t size)
{
	static const char units[] = "KMG";
	int unit = 0;

	while (unit < 3 && bytes && bytes % 1024 == 0) {
		bytes /= 1024;
		unit++;
	}
	if (unit)
		snprintf(ret, size, "%lld%c", (long long)bytes,
			 units[unit - 1]);
	else
		snprintf(ret, size, "%lld", (long long)bytes);
	return ret;
}
