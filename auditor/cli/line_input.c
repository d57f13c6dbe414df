/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/line_input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/interrupt.h"

/* Moves what is left to the front, before more is read after it. */
static void compact(struct line_input *in)
{
	if (!in->at)
		return;
	memmove(in->text.at, in->text.at + in->at, in->text.len - in->at);
	in->text.len -= in->at;
	in->at = 0;
}

/* 1: there is more, or the end; 0: a signal came. */
static int read_more(struct line_input *in, struct err *e)
{
	char more[65536];
	ssize_t n;

	if (!interrupt_wait(in->fd))
		return 0;
	n = read(in->fd, more, sizeof(more));
	/* Who else reads the terminal may have been quicker. */
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return 1;
	if (n < 0)
		return err_set_errno(e, ERR_IO, "cannot read standard input");
	in->ended = n == 0;
	compact(in);
	buffer_add(&in->text, more, (size_t)n);
	return in->text.failed ? err_nomem(e) : 1;
}

/* A copy, which has the NUL that text has no room for. */
static int hand_out(struct line_input *in, size_t len, char **ret,
		    size_t *ret_len, struct err *e)
{
	buffer_clear(&in->line);
	buffer_add(&in->line, in->text.at + in->at, len);
	buffer_char(&in->line, '\0');
	if (in->line.failed)
		return err_nomem(e);
	in->at += len;
	*ret = in->line.at;
	*ret_len = len;
	return 1;
}

int line_input_next(struct line_input *in, size_t max, char **ret,
		    size_t *ret_len, struct err *e)
{
	for (;;) {
		const char *from = in->text.at + in->at;
		size_t left = in->text.len - in->at;
		const char *newline = left ? memchr(from, '\n', left) : NULL;
		int rc;

		if (newline)
			return hand_out(in, (size_t)(newline - from) + 1, ret,
					ret_len, e);
		if (left > max)
			return err_set(e, ERR_FORMAT,
				       "a line of more than %zu bytes", max);
		/* The last one may lack its newline. */
		if (in->ended)
			return left ? hand_out(in, left, ret, ret_len, e) : 0;
		rc = read_more(in, e);
		if (rc != 1)
			return rc;
	}
}

void line_input_drop(struct line_input *in)
{
	buffer_clear(&in->text);
	in->at = 0;
}

void line_input_release(struct line_input *in)
{
	buffer_release(&in->text);
	buffer_release(&in->line);
}
