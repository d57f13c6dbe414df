/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A number as a bar of a text column.
 */
#ifndef RENDER_BAR_H
#define RENDER_BAR_H

#include <stdbool.h>
#include <stddef.h>

#include "render/buffer.h"

/* Does the locale's character set have the block elements that bars are made
 * of?  After setlocale. */
bool bar_blocks(void);

/*
 * Adds a bar that is part (0 to 1; others are cut) of width columns long: in
 * eighths of a column with blocks, else in whole '#'.  What is more than
 * nothing shows.  With pad, blanks fill the width.
 */
void bar_add(struct buffer *b, double part, size_t width, bool blocks,
	     bool pad);

#endif
