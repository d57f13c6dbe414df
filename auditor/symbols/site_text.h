/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of a printed call site.
 */
#ifndef SYMBOLS_SITE_TEXT_H
#define SYMBOLS_SITE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The texts lie in the site's own. */
struct site_text {
	const char *name;
	size_t name_len;
	const char *module; /* what is in brackets; NULL: none are */
	size_t module_len;
	uint64_t offset, size; /* size 0: not printed */
	bool has_offset;       /* stacks name only the function by default */
};

/* `symbol[+0xoff[/0xsize]][ [module]]`; false: it is something else. */
bool site_text_parse(const char *s, size_t len, struct site_text *ret);

/* Reads hex digits at s; returns how many there were, 0 where there are none
 * or the number does not fit. */
size_t site_text_hex(const char *s, const char *end, uint64_t *ret);

#endif
