/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compare/clone_name.h"

#include <string.h>

/* counter: digits (or '#') follow after a dot; hash: so do hex digits too. */
static const struct suffix {
	const char *word;
	bool counter;
} suffixes[] = {
	{ "isra", true },	 { "constprop", true },	  { "part", true },
	{ "cold", false },	 { "llvm", true },	  { "lto_priv", true },
	{ "localalias", false }, { "specialized", true },
};

static bool is_counter(const char *s, size_t len)
{
	return len && strspn(s, "0123456789abcdefABCDEF#") >= len;
}

static bool is_word(const struct suffix *x, const char *s, size_t len)
{
	return strlen(x->word) == len && memcmp(x->word, s, len) == 0;
}

/* Where the last dot-separated part of name[0..len) begins; len if none. */
static size_t last_part(const char *name, size_t len)
{
	size_t at = len;

	while (at > 1 && name[at - 1] != '.')
		at--;
	return at > 1 ? at : len;
}

/* name[0..len) without one suffix, or len. */
static size_t strip_one(const char *name, size_t len)
{
	size_t at = last_part(name, len), end = len;
	bool counter = false;

	if (at == len)
		return len;
	if (is_counter(name + at, len - at)) {
		counter = true;
		end = at - 1;
		at = last_part(name, end);
		if (at == end)
			return len;
	}
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		/* cold and localalias may carry a counter, too. */
		if (is_word(&suffixes[i], name + at, end - at) &&
		    (counter || !suffixes[i].counter))
			return at - 1;
	}
	return len;
}

size_t clone_base_length(const char *name)
{
	size_t len = strlen(name), shorter;

	while ((shorter = strip_one(name, len)) < len)
		len = shorter;
	return len;
}

bool clone_is_cold(const char *name)
{
	const char *at = name;

	while ((at = strstr(at, ".cold"))) {
		at += 5;
		if (*at == '\0' || *at == '.')
			return true;
	}
	return false;
}
