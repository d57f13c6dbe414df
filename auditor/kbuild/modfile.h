/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Kbuild's lists: modules.order, .mod files, and the lists that ld reads.
 *
 * Pure: works on buffers.  Names in them hold no white space (make could not
 * have built those), so one reader does for a name a line and for names with
 * spaces between, and what is no object is left out: before 5.19 the second
 * line of a .mod may name symbols.
 */
#ifndef KBUILD_MODFILE_H
#define KBUILD_MODFILE_H

#include <stdbool.h>
#include <stddef.h>

struct mod_reader {
	const char *p, *end;
	const char *word; /* inside the buffer, not terminated */
	size_t len;
};

void mod_start(struct mod_reader *r, const char *buf, size_t len);

/* The next name ending in .o or .a; false at the end. */
bool mod_next(struct mod_reader *r);

/* The next module of a modules.order, its .ko or .o (6.2 and later) taken
 * off; false at the end. */
bool order_next(struct mod_reader *r);

#endif
