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

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"
#include "support/err.h"

struct lines;

/*
 * Opens an ELF file, linked or relocatable.  name is for messages; the
 * descriptor stays the caller's and must outlive *ret.  ERR_FORMAT where
 * it cannot be read.  *ret_debug: whether there is debug information at all.
 */
int lines_open(int fd, const char *name, struct lines **ret, bool *ret_debug,
	       struct err *e);
void lines_close(struct lines *l);

struct line_frame {
	const char *function; /* NULL: not known */
	const char *file;     /* NULL: not known; as the compiler was given */
	uint32_t line;	      /* 0: not known */
};

#define LINE_FRAMES_MAX 64

/*
 * The frames at an address, innermost first: section NULL: a linked file's
 * address; else the offset in that section of a relocatable one.  Look up
 * return address - 1.  Texts live until the next
 * call.  *ret_count 0: nothing known.
 */
int lines_find(struct lines *l, const char *section, uint64_t address,
	       struct line_frame ret[LINE_FRAMES_MAX], size_t *ret_count,
	       struct err *e);

struct line_query {
	const char *section; /* as lines_find */
	uint64_t address;
};
struct line_answer {
	struct line_frame *frames; /* innermost first */
	size_t nframes;
};

/*
 * Opens, looks up n addresses and closes, in a child process.  ret_answers
 * has n elements; their frames and texts are made in arena.  Where there is
 * no debug information (*ret_debug false) all answers are empty.  ERR_FORMAT
 * where libdw refuses the file, crashes, or does not end in time.
 */
int lines_batch(int fd, const char *name, const struct line_query *queries,
		size_t n, struct arena *arena, struct line_answer *ret_answers,
		bool *ret_debug, struct err *e);

#endif
