/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines of the screen as text.  Names are anybody's: they come out as
 * render/escape.h has them for display.
 */
#ifndef TOP_DRAW_H
#define TOP_DRAW_H

#include <stdbool.h>
#include <stddef.h>

#include "render/buffer.h"
#include "top/browser.h"

/* Smaller ones show nothing useful. */
#define TOP_WIDTH_MIN 20
#define TOP_HEIGHT_MIN 5

enum top_look { TOP_PLAIN, TOP_BOLD, TOP_REVERSE };

/* Lines for rows on a screen of that many. */
size_t draw_page(size_t height);

/* Line y of the screen, no wider than width, into text (which is empty).
 * blocks: render/bar.h. */
enum top_look draw_line(const struct browser *b, size_t y, size_t width,
			size_t height, bool blocks, struct buffer *text);

#endif
