/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/text/decode.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_page(const char *p, size_t len)
{
	while (len && strchr(" \t\r\n\xef\xbb\xbf", *p) && *p)
		p++, len--;
	return (len >= 9 && strncasecmp(p, "<!doctype", 9) == 0) ||
	       (len >= 5 && strncasecmp(p, "<html", 5) == 0);
}

void text_decoder_init(struct text_decoder *d, const char *head, size_t len)
{
	*d = (struct text_decoder){ .coding = DECODE_NONE };
	if (len >= 4 && head[0] && !head[1] && head[2] && !head[3])
		d->coding = DECODE_UTF16LE;
	else if (len >= 4 && !head[0] && head[1] && !head[2] && head[3])
		d->coding = DECODE_UTF16BE;
	else if (len >= 2 && memcmp(head, "\xff\xfe", 2) == 0)
		d->coding = DECODE_UTF16LE;
	else if (len >= 2 && memcmp(head, "\xfe\xff", 2) == 0)
		d->coding = DECODE_UTF16BE;
	else
		d->html = is_page(head, len);
}

void text_decoder_release(struct text_decoder *d)
{
	free(d->out);
	d->out = NULL;
	d->capacity = 0;
}

/* UTF-8 of a unit; half a surrogate pair is no letter of a trace. */
static char *put_unit(char *out, unsigned int u)
{
	if (u == 0xfeff)
		return out; /* the mark at the beginning */
	if (u >= 0xd800 && u < 0xe000)
		u = '?';
	if (u < 0x80) {
		*out++ = (char)u;
	} else if (u < 0x800) {
		*out++ = (char)(0xc0 | u >> 6);
		*out++ = (char)(0x80 | (u & 0x3f));
	} else {
		*out++ = (char)(0xe0 | u >> 12);
		*out++ = (char)(0x80 | (u >> 6 & 0x3f));
		*out++ = (char)(0x80 | (u & 0x3f));
	}
	return out;
}

static size_t from_utf16(struct text_decoder *d, const char *p, size_t len)
{
	char *out = d->out;

	for (size_t i = 0; i < len; i++) {
		unsigned int a = d->odd, b = (unsigned char)p[i];

		if (d->has_odd)
			out = put_unit(out, d->coding == DECODE_UTF16LE
						    ? b << 8 | a
						    : a << 8 | b);
		d->odd = (unsigned char)b;
		d->has_odd = !d->has_odd;
	}
	return (size_t)(out - d->out);
}

/* Whether c completes the mark, whose first byte comes only once in it. */
static bool mark_ends(struct text_decoder *d, const char *mark, char c)
{
	if (c != mark[d->matched])
		d->matched = 0;
	if (c == mark[d->matched])
		d->matched++;
	if (mark[d->matched])
		return false;
	d->matched = 0;
	return true;
}

static size_t from_page(struct text_decoder *d, const char *p, size_t len)
{
	static const char begin[] = "\"trace-data\"", end[] = "</script";
	char *out = d->out;

	for (size_t i = 0; i < len; i++) {
		size_t before = d->matched;

		switch (d->page) {
		case PAGE_OUTSIDE:
			if (mark_ends(d, begin, p[i]))
				d->page = PAGE_IN_TAG;
			break;
		case PAGE_IN_TAG:
			if (p[i] == '>')
				d->page = PAGE_INSIDE;
			break;
		case PAGE_INSIDE:
			d->has_data = true;
			if (mark_ends(d, end, p[i])) {
				*out++ = '\n';
				d->page = PAGE_OUTSIDE;
				break;
			}
			if (d->matched > before)
				break;
			/* It was no mark: what was held, and this. */
			memcpy(out, end, before);
			out += before;
			if (!d->matched)
				*out++ = p[i];
			break;
		}
	}
	return (size_t)(out - d->out);
}

int text_decoder_take(struct text_decoder *d, const char *p, size_t len,
		      const char **ret, size_t *ret_len)
{
	/* A unit of two bytes is three at most; a mark may have been held. */
	size_t need = len * 2 + 16;

	if (d->coding == DECODE_NONE && !d->html) {
		*ret = p;
		*ret_len = len;
		return 0;
	}
	if (need > d->capacity) {
		char *grown = realloc(d->out, need);

		if (!grown)
			return -1;
		d->out = grown;
		d->capacity = need;
	}
	*ret_len = d->html ? from_page(d, p, len) : from_utf16(d, p, len);
	*ret = d->out;
	return 0;
}
