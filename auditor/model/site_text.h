/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one reader of printed call sites:
 *
 *	symbol[+0xoff[/0xsize]][ [module]][ (ADDRESS)]	%pS, fields, trace.dat
 *	[0x]hex						%lx, %pS unresolved
 *
 * Nothing is copied: every text that is returned lies in the one that was
 * given, which need not be NUL-terminated.  No call fails; what is not of
 * this form is said so.
 */
#ifndef MODEL_SITE_TEXT_H
#define MODEL_SITE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/site.h"

/* The text and the address, each as far as it was printed.  ADDRESS is
 * decimal, maybe negative, or 0x hex; pointer_bits 32 cuts it. */
struct trace_site site_text_split(const char *s, size_t len,
				  unsigned int pointer_bits);

/* The parts of a site's text; offset and size are bytes. */
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

/* Lengths of `symbol` and of `symbol+0xoff` in a site's text, which may have
 * any form. */
size_t site_text_function(const char *s, size_t len);
size_t site_text_caller(const char *s, size_t len);

/* Reads hex digits at s; returns how many there were, 0 where there are none
 * or the number does not fit. */
size_t site_text_hex(const char *s, const char *end, uint64_t *ret);

#endif
