/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/config_text.h"

#include <stdint.h>
#include <string.h>

#include "support/scan.h"

/* What follows the sign of equality, at the start of a line; NULL: nothing. */
static const char *value_of(const char *text, size_t len, const char *option)
{
	const char *p = text, *end = text + len;
	size_t n = strlen(option);

	while (p < end && (p = memmem(p, (size_t)(end - p), option, n))) {
		const char *after = p + n;

		if ((p == text || p[-1] == '\n') && after < end &&
		    *after == '=')
			return after + 1;
		p = after;
	}
	return NULL;
}

bool config_text_is_set(const char *text, size_t len, const char *option)
{
	const char *v = value_of(text, len, option), *end = text + len;

	return v && v < end && *v == 'y' && (v + 1 == end || v[1] == '\n');
}

unsigned long config_text_number(const char *text, size_t len,
				 const char *option)
{
	const char *v = value_of(text, len, option);
	uint64_t n = 0;

	if (v)
		(void)scan_dec(v, text + len, &n);
	return (unsigned long)n;
}
