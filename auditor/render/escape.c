/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/escape.h"

#include <ctype.h>
#include <string.h>
#include <wchar.h>

static bool continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

size_t utf8_decode(const char *s, size_t len, uint32_t *ret)
{
	/* By length: the least code point that needs it. */
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char c = len ? (unsigned char)*s : 0xff;
	size_t n = c < 0x80   ? 1
		   : c < 0xc0 ? 0
		   : c < 0xe0 ? 2
		   : c < 0xf0 ? 3
		   : c < 0xf8 ? 4
			      : 0;
	uint32_t cp = n < 2 ? c : c & (0x7fU >> n);

	if (!n || n > len)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if (!continuation(s[i]))
			return 0;
		cp = cp << 6 | ((unsigned char)s[i] & 0x3f);
	}
	if (cp < least[n] || cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		return 0;
	*ret = cp;
	return n;
}

static bool control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0);
}

/* Has no width, or changes the places of its neighbours. */
static bool invisible(uint32_t cp)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0xad, 0xad },	      { 0x61c, 0x61c },	  { 0x115f, 0x1160 },
		{ 0x180b, 0x180f },   { 0x200b, 0x200f }, { 0x2028, 0x202e },
		{ 0x2060, 0x206f },   { 0x3164, 0x3164 }, { 0xfe00, 0xfe0f },
		{ 0xfeff, 0xfeff },   { 0xffa0, 0xffa0 }, { 0xfff0, 0xfffb },
		{ 0xe0000, 0xe0fff },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		if (cp >= ranges[i].first && cp <= ranges[i].last)
			return true;
	}
	return false;
}

static void hexadecimal(struct buffer *b, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		buffer_printf(b, "\\x%02x", (unsigned char)s[i]);
}

/* Copies s; what keep refuses becomes \xNN. */
static void copy_if(struct buffer *b, const char *s, size_t len,
		    bool (*keep)(uint32_t cp))
{
	while (len) {
		uint32_t cp = 0;
		size_t n = utf8_decode(s, len, &cp);

		if (n && keep(cp))
			buffer_add(b, s, n);
		else
			hexadecimal(b, s, n ? n : 1);
		n = n ? n : 1;
		s += n;
		len -= n;
	}
}

static bool harmless(uint32_t cp)
{
	return !control(cp) && !invisible(cp);
}

/* In the C locale nothing but ASCII has a width. */
static bool displayable(uint32_t cp)
{
	return harmless(cp) && (cp < 0x80 || wcwidth((wchar_t)cp) > 0);
}

/* Whether a reader would take what follows a backslash for an escape. */
static bool would_escape(const char *s, size_t len)
{
	uint32_t cp = 0;

	return len && (*s == 'x' || *s == '\\' || !utf8_decode(s, len, &cp) ||
		       !displayable(cp));
}

void text_for_display(struct buffer *b, const char *s, size_t len)
{
	while (len) {
		const char *backslash = memchr(s, '\\', len);
		size_t n = backslash ? (size_t)(backslash - s) : len;

		copy_if(b, s, n, displayable);
		if (backslash) {
			n++;
			buffer_str(b, would_escape(s + n, len - n) ? "\\\\"
								   : "\\");
		}
		s += n;
		len -= n;
	}
}

void text_for_terminal(struct buffer *b, const char *s, size_t len)
{
	copy_if(b, s, len, harmless);
}

/* In "a_b" an underscore is one, in "__func__" it makes bold type. */
static bool markdown_means(const char *s, size_t len, size_t i)
{
	if (s[i] != '_')
		return strchr("\\|<>*`[]~&", s[i]) && s[i];
	return !i || i + 1 == len || !isalnum((unsigned char)s[i - 1]) ||
	       !isalnum((unsigned char)s[i + 1]);
}

void text_for_markdown(struct buffer *b, const char *s, size_t len)
{
	size_t from = 0;

	for (size_t i = 0; i < len; i++) {
		if (!markdown_means(s, len, i))
			continue;
		copy_if(b, s + from, i - from, harmless);
		buffer_char(b, '\\');
		buffer_char(b, s[i]);
		from = i + 1;
	}
	copy_if(b, s + from, len - from, harmless);
}

void text_for_json(struct buffer *b, const char *s, size_t len)
{
	buffer_char(b, '"');
	while (len) {
		uint32_t cp = 0;
		size_t n = utf8_decode(s, len, &cp);

		if (!n)
			buffer_str(b, "\xef\xbf\xbd");
		else if (cp == '"' || cp == '\\')
			buffer_printf(b, "\\%c", (char)cp);
		else if (harmless(cp) || cp > 0xffff)
			buffer_add(b, s, n);
		else
			buffer_printf(b, "\\u%04x", (unsigned int)cp);
		n = n ? n : 1;
		s += n;
		len -= n;
	}
	buffer_char(b, '"');
}

static size_t char_width(uint32_t cp)
{
	int w = cp < 0x80 ? 1 : wcwidth((wchar_t)cp);

	return w > 0 ? (size_t)w : 0;
}

size_t text_width(const char *s, size_t len)
{
	size_t width = 0;

	while (len) {
		uint32_t cp = 0;
		size_t n = utf8_decode(s, len, &cp);

		width += char_width(cp);
		n = n ? n : 1;
		s += n;
		len -= n;
	}
	return width;
}

struct xml_char xml_char(const char *s, size_t len)
{
	static const char *const entities[128] = {
		['&'] = "&amp;",  ['<'] = "&lt;",   ['>'] = "&gt;",
		['"'] = "&quot;", ['\n'] = "&#10;", ['\t'] = "&#9;",
	};
	uint32_t c = 0;
	size_t n = utf8_decode(s, len, &c);
	struct xml_char ret = { s, n, n ? n : 1 };

	if (n == 1 && entities[c])
		ret.text = entities[c], ret.len = strlen(entities[c]);
	else if (!n || c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0xfffe ||
		 c == 0xffff)
		ret.text = "?", ret.len = 1;
	return ret;
}

/* The bytes from s on that are no wider than width. */
static size_t head_bytes(const char *s, size_t len, size_t width)
{
	size_t at = 0;

	while (at < len) {
		uint32_t cp = 0;
		size_t n = utf8_decode(s + at, len - at, &cp);

		if (char_width(cp) > width)
			break;
		width -= char_width(cp);
		at += n ? n : 1;
	}
	return at;
}

void text_shorten(struct buffer *b, const char *s, size_t len, size_t width)
{
	static const char dots[] = "...";
	size_t all = text_width(s, len);
	size_t head, cut;

	if (all <= width) {
		buffer_add(b, s, len);
		return;
	}
	if (width <= strlen(dots)) {
		buffer_add(b, s, head_bytes(s, len, width));
		return;
	}
	/* The end tells more than the beginning: it names the file. */
	width -= strlen(dots);
	head = head_bytes(s, len, width / 2);
	width -= text_width(s, head);
	/* Leaves out just so much that the rest fits. */
	cut = head_bytes(s, len, all - width);
	while (text_width(s + cut, len - cut) > width) {
		uint32_t cp = 0;
		size_t n = utf8_decode(s + cut, len - cut, &cp);

		cut += n ? n : 1;
	}
	buffer_add(b, s, head);
	buffer_str(b, dots);
	buffer_add(b, s + cut, len - cut);
}

void text_wrap(struct buffer *b, const char **s, size_t width)
{
	const char *text = *s;
	size_t len = strlen(text), n = head_bytes(text, len, width), word = n;

	if (n < len) {
		while (word && text[word] != ' ')
			word--;
		/* At least a character, or it would never end. */
		n = word ? word : n ? n : 1;
	}
	buffer_add(b, text, n);
	*s = text + n + strspn(text + n, " ");
}
