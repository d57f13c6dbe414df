/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/strip_counters.h"

#include <stdbool.h>
#include <string.h>

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

static const char *skip_digits(const char *s)
{
	while (digit(*s))
		s++;
	return s;
}

/* "__<digits>_<digits>_": __COUNTER__ and __LINE__ of an initcall. */
static const char *find_counter_pair(const char *s)
{
	for (; (s = strstr(s, "__")); s++) {
		const char *a = s + 2, *b = skip_digits(a);

		if (b == a || *b != '_')
			continue;
		a = b + 1;
		b = skip_digits(a);
		if (b != a && *b == '_')
			return s + 2;
	}
	return NULL;
}

/* Where the name's trailing number begins, if it is one of the macros that
 * paste __COUNTER__ to the end. */
static const char *find_unique_tail(const char *name)
{
	const char *end;

	if (!strstr(name, "__UNIQUE_ID_"))
		return NULL;
	end = name + strcspn(name, ".");
	while (end > name && digit(end[-1]))
		end--;
	return digit(*end) ? end : NULL;
}

static bool has_counter(const char *name)
{
	if (starts(name, ".LC") && digit(name[3]))
		return true;
	for (const char *dot = strchr(name, '.'); dot;
	     dot = strchr(dot + 1, '.'))
		if (digit(dot[1]))
			return true;
	return find_unique_tail(name) ||
	       (strstr(name, "__kmod_") && find_counter_pair(name));
}

const char *strip_counters(struct arena *a, const char *name)
{
	const char *tail, *pair, *in = name;
	char *copy, *out;

	if (!has_counter(name))
		return name;
	/* Every replacement is at most as long as what it replaces. */
	copy = out = arena_alloc(a, strlen(name) + 1);
	if (!copy)
		return NULL;
	tail = find_unique_tail(name);
	pair = strstr(name, "__kmod_") ? find_counter_pair(name) : NULL;
	while (*in) {
		bool after_dot = in > name && in[-1] == '.' && digit(*in);
		bool label = in == name + 3 && starts(name, ".LC");

		if (in == pair) {
			memcpy(out, "#_#", 3);
			out += 3;
			in = skip_digits(skip_digits(in) + 1);
		} else if (digit(*in) && (after_dot || label || in == tail)) {
			const char *end = skip_digits(in);

			/* ".123abc" is a name, not a counter. */
			if (after_dot && *end && *end != '.') {
				memcpy(out, in, (size_t)(end - in));
				out += end - in;
			} else {
				*out++ = '#';
			}
			in = end;
		} else {
			*out++ = *in++;
		}
	}
	*out = '\0';
	return copy;
}
