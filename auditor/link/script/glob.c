/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/script/glob.h"

#include <string.h>

/* How many characters are before the first wildcard. */
static size_t prefix_len(const char *pattern, size_t len)
{
	size_t i = 0;

	while (i < len && !strchr("*?[\\", pattern[i]))
		i++;
	return i;
}

bool glob_is_wild(const char *pattern, size_t len)
{
	return prefix_len(pattern, len) < len;
}

/*
 * p is after a '['.  Returns where the set ends (after its ']'), or 0
 * where it has no end and the '[' means itself.
 */
static size_t match_set(const char *p, size_t len, char c, bool *ret_match,
			size_t *work)
{
	bool negated = len && (p[0] == '!' || p[0] == '^');
	bool found = false;
	size_t i = negated;
	size_t start = i;

	for (; i < len && (p[i] != ']' || i == start); i++) {
		unsigned char low = (unsigned char)p[i], high = low;

		if (i + 2 < len && p[i + 1] == '-' && p[i + 2] != ']') {
			high = (unsigned char)p[i + 2];
			i += 2;
		}
		if ((unsigned char)c >= low && (unsigned char)c <= high)
			found = true;
	}
	*work += i;
	if (i >= len)
		return 0;
	*ret_match = found != negated;
	return i + 1;
}

/* Matches one character; returns how much pattern it took, 0 for none. */
static size_t match_one(const char *p, size_t len, char c, size_t *work)
{
	bool match;
	size_t used;

	switch (p[0]) {
	case '?':
		return 1;
	case '[':
		used = match_set(p + 1, len - 1, c, &match, work);
		if (used)
			return match ? used + 1 : 0;
		break;
	case '\\':
		if (len > 1)
			return p[1] == c ? 2 : 0;
		break;
	default:
		break;
	}
	return p[0] == c ? 1 : 0;
}

bool glob_match(const char *pattern, size_t plen, const char *text, size_t tlen,
		size_t *budget)
{
	size_t p = 0, t = 0, star = 0, mark = 0, work = 1;
	bool starred = false;

	/* Only the last * needs to be tried again: what an earlier one could
	 * swallow instead, the last one can, too. */
	while (t < tlen && work < *budget) {
		size_t used = 0;

		work++;
		if (p < plen && pattern[p] == '*') {
			starred = true;
			star = ++p;
			mark = t;
			continue;
		}
		if (p < plen)
			used = match_one(pattern + p, plen - p, text[t], &work);
		if (used) {
			p += used;
			t++;
		} else if (starred) {
			p = star;
			t = ++mark;
		} else {
			break;
		}
	}
	while (p < plen && pattern[p] == '*')
		p++;
	*budget -= work < *budget ? work : *budget;
	return t == tlen && p == plen && *budget;
}
