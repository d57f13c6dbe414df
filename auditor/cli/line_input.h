/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines of a descriptor, waited for so that no signal is missed: between a
 * look at the flag of cli/interrupt.h and a read(2) that blocks, one could
 * come and not be seen before the next line.
 */
#ifndef CLI_LINE_INPUT_H
#define CLI_LINE_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "render/buffer.h"
#include "support/err.h"

struct line_input {
	int fd;
	bool ended;
	size_t at;	    /* what was handed out, in text */
	struct buffer text; /* both released by line_input_release */
	struct buffer line; /* what was handed out last */
};

/*
 * 1: *ret is the next line, with its newline where it has one and a NUL after
 * len bytes, good until the next call; 0: the input has ended, or a signal
 * came.  A line of more than max bytes is ERR_FORMAT.
 */
int line_input_next(struct line_input *in, size_t max, char **ret,
		    size_t *ret_len, struct err *e);

/* Forgets what was read and not handed out. */
void line_input_drop(struct line_input *in);

void line_input_release(struct line_input *in);

#endif
