/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines of a part of a seekable file, with their offsets.  Many of these
 * read one file at a time, each with a small buffer of its own.
 */
#ifndef TRACE_TEXT_LINES_H
#define TRACE_TEXT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text_lines {
	int fd;		  /* the caller's */
	uint64_t at, to;  /* next byte to read; where the part ends */
	uint64_t line_at; /* offset of the line that next returned */
	char *buf;
	size_t begin, len, capacity; /* of what is in buf */
	bool nomem;		     /* why next failed; else errno says it */
};

void text_lines_init(struct text_lines *l, int fd, uint64_t from, uint64_t to);

/*
 * 1: a line, without its newline, valid until the next call; one that is
 * longer than TEXT_LINE_MAX is cut there, and *ret_cut set.  0: the end.  -1.
 */
int text_lines_next(struct text_lines *l, const char **ret, size_t *ret_len,
		    bool *ret_cut);

void text_lines_release(struct text_lines *l);

#endif
