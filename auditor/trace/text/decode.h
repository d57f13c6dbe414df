/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text that is not bytes of lines yet: UTF-16, as PowerShell redirects it,
 * and the pages of systrace, which hold the trace in a script element.  What
 * is neither goes through as it is, at no cost.
 */
#ifndef TRACE_TEXT_DECODE_H
#define TRACE_TEXT_DECODE_H

#include <stdbool.h>
#include <stddef.h>

struct text_decoder {
	enum { DECODE_NONE, DECODE_UTF16LE, DECODE_UTF16BE } coding;
	bool html;
	bool has_data; /* of a page: a trace was in it */
	bool has_odd;  /* half a unit of UTF-16 is held */
	unsigned char odd;
	enum { PAGE_OUTSIDE, PAGE_IN_TAG, PAGE_INSIDE } page;
	size_t matched; /* bytes of the mark that is looked for */
	char *out;
	size_t capacity;
};

/* By the input's first bytes. */
void text_decoder_init(struct text_decoder *d, const char *head, size_t len);

/* The lines in the next len bytes at p, valid until the next call.  -1 when
 * memory is out. */
int text_decoder_take(struct text_decoder *d, const char *p, size_t len,
		      const char **ret, size_t *ret_len);

void text_decoder_release(struct text_decoder *d);

#endif
