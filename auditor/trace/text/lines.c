/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/text/lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "trace/text/text.h"

#define FIRST_CAPACITY ((size_t)16 * 1024)

void text_lines_init(struct text_lines *l, int fd, uint64_t from, uint64_t to)
{
	*l = (struct text_lines){ .fd = fd, .at = from, .to = to };
}

void text_lines_release(struct text_lines *l)
{
	free(l->buf);
	l->buf = NULL;
	l->begin = l->len = l->capacity = 0;
}

/* More bytes after those that are there; 0 at the end. */
static ssize_t more(struct text_lines *l)
{
	size_t room;
	ssize_t n;

	if (l->begin) {
		memmove(l->buf, l->buf + l->begin, l->len);
		l->begin = 0;
	}
	if (l->len == l->capacity) {
		size_t capacity = l->capacity ? l->capacity * 2
					      : FIRST_CAPACITY;
		char *grown = realloc(l->buf, capacity);

		if (!grown) {
			l->nomem = true;
			return -1;
		}
		l->buf = grown;
		l->capacity = capacity;
	}
	room = l->capacity - l->len;
	if (room > l->to - l->at)
		room = (size_t)(l->to - l->at);
	do
		n = room ? pread(l->fd, l->buf + l->len, room, (off_t)l->at)
			 : 0;
	while (n < 0 && errno == EINTR);
	if (n > 0) {
		l->len += (size_t)n;
		l->at += (uint64_t)n;
	}
	return n;
}

/* Drops the line up to and with its newline. */
static int skip_rest(struct text_lines *l)
{
	for (;;) {
		const char *p = l->buf + l->begin, *nl;
		ssize_t n;

		nl = memchr(p, '\n', l->len);
		if (nl) {
			l->len -= (size_t)(nl + 1 - p);
			l->begin += (size_t)(nl + 1 - p);
			return 0;
		}
		l->begin = l->len = 0;
		n = more(l);
		if (n <= 0)
			return (int)n;
	}
}

int text_lines_next(struct text_lines *l, const char **ret, size_t *ret_len,
		    bool *ret_cut)
{
	size_t seen = 0;
	const char *nl = NULL;

	*ret_cut = false;
	l->line_at = l->at - l->len;
	while (!(l->len > seen && (nl = memchr(l->buf + l->begin + seen, '\n',
					       l->len - seen)))) {
		ssize_t n;

		seen = l->len;
		if (seen > TEXT_LINE_MAX) {
			*ret_cut = true;
			*ret = "";
			*ret_len = 0;
			return skip_rest(l) < 0 ? -1 : 1;
		}
		n = more(l);
		if (n < 0)
			return -1;
		if (n == 0)
			break;
	}
	if (!nl && !l->len)
		return 0;
	*ret = l->buf + l->begin;
	*ret_len = nl ? (size_t)(nl - *ret) : l->len;
	l->begin += *ret_len + (nl ? 1 : 0);
	l->len -= *ret_len + (nl ? 1 : 0);
	return 1;
}
