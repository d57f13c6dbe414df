/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libdw's only home: address → source line and inline chain, from an
 * image's debug information.  One struct lines, one thread.
 *
 * Debug information is large and intricate, and a damaged one may crash a
 * library or keep it busy for ever.  lines_batch looks up in a process of its own, and
 * that is what commands should call.
 */
#ifndef SYMBOLS_LINES_H
#define SYMBOLS_LINES_H

#include "symbols/line_frame.h"

/*
 * The frames at an address, innermost first: section NULL: a linked file's
 * address; else the offset in that section of a relocatable one.  Look up
 * return address - 1.  Texts live until the next
 * call.  *ret_count 0: nothing known.
 */
int lines_find(struct lines *l, const char *section, uint64_t address,
	       struct line_frame ret[LINE_FRAMES_MAX], size_t *ret_count,
	       struct err *e);

#endif
