/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading numbers and words between two pointers.  Nothing here looks at or
 * after the end, knows a locale, or needs a terminating NUL.  Each scan_
 * function returns where it stopped; p itself where nothing matched.
 */
#ifndef SUPPORT_SCAN_H
#define SUPPORT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline bool scan_is_digit(char c)
{
	return (unsigned char)(c - '0') < 10;
}

/* 0 to 15, or 16 and more for what is no hex digit. */
static inline unsigned int scan_hex_digit(char c)
{
	unsigned int d = (unsigned char)(c - '0');
	unsigned int l = (unsigned char)((c | 0x20) - 'a');

	return d < 10 ? d : l < 6 ? l + 10 : 16;
}

/* Letters, digits and underscores: what an event's name is made of. */
static inline bool scan_is_word(char c)
{
	return scan_is_digit(c) || c == '_' ||
	       (unsigned char)((c | 0x20) - 'a') < 26;
}

static inline const char *scan_spaces(const char *p, const char *end)
{
	while (p < end && *p == ' ')
		p++;
	return p;
}

/* A number that does not fit wraps: hostile, and no worse than any other. */
static inline const char *scan_dec(const char *p, const char *end,
				   uint64_t *ret)
{
	uint64_t v = 0;

	while (p < end && scan_is_digit(*p))
		v = v * 10 + (uint64_t)(*p++ - '0');
	*ret = v;
	return p;
}

static inline const char *scan_hex(const char *p, const char *end,
				   uint64_t *ret)
{
	uint64_t v = 0;
	unsigned int d;

	while (p < end && (d = scan_hex_digit(*p)) < 16) {
		v = v << 4 | d;
		p++;
	}
	*ret = v;
	return p;
}

static inline bool scan_has(const char *p, const char *end, const char *lit,
			    size_t len)
{
	return (size_t)(end - p) >= len && memcmp(p, lit, len) == 0;
}

/* SCAN_LIT(p, end, "text"): is "text" at p? */
#define SCAN_LIT(p, end, lit) scan_has((p), (end), (lit), sizeof(lit) - 1)

/* 0x hex, or decimal with an optional minus sign (two's complement). */
static inline const char *scan_num(const char *p, const char *end,
				   uint64_t *ret)
{
	const char *q;

	if (SCAN_LIT(p, end, "0x")) {
		q = scan_hex(p + 2, end, ret);
		return q == p + 2 ? p : q;
	}
	if (p < end && *p == '-') {
		q = scan_dec(p + 1, end, ret);
		*ret = 0 - *ret;
		return q == p + 1 ? p : q;
	}
	return scan_dec(p, end, ret);
}

/* The next space, or end. */
static inline const char *scan_to_space(const char *p, const char *end)
{
	const char *q = p < end ? memchr(p, ' ', (size_t)(end - p)) : NULL;

	return q ? q : end;
}

/* The first place of lit in [p, end), or NULL. */
static inline const char *scan_find(const char *p, const char *end,
				    const char *lit, size_t len)
{
	return p < end ? memmem(p, (size_t)(end - p), lit, len) : NULL;
}

#define SCAN_FIND(p, end, lit) scan_find((p), (end), (lit), sizeof(lit) - 1)

#endif
