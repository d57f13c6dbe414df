/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Frames of an address: function, file and line, and the questions for them.
 */
#ifndef SYMBOLS_LINE_FRAME_H
#define SYMBOLS_LINE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"
#include "support/err.h"

struct lines;

struct line_frame {
	const char *function; /* NULL: not known */
	const char *file;     /* NULL: not known; as the compiler was given */
	uint32_t line;	      /* 0: not known */
};

#define LINE_FRAMES_MAX 64

struct line_query {
	const char *section; /* as lines_find */
	uint64_t address;
};
struct line_answer {
	struct line_frame *frames; /* innermost first */
	size_t nframes;
};

#endif
