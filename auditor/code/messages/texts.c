/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts: where they are, how long, what they say.
 */
#include "code/messages/texts.h"

#include <string.h>

#include "model/message.h"

const char *text_at(const struct code_object *o, uint64_t at)
{
	uint32_t section = CODE_AT_SECTION(at);
	uint64_t offset = CODE_AT_OFFSET(at);
	const struct code_section *s;

	if (section >= o->nsections)
		return NULL;
	s = &o->sections[section];
	if (!s->bytes || s->code || offset >= s->size || !s->bytes[offset] ||
	    !memchr(s->bytes + offset, 0, s->size - offset))
		return NULL;
	return (const char *)s->bytes + offset;
}

void text_size(const struct code_object *o, uint64_t at, uint32_t *ret_bytes,
	       uint32_t *ret_padding)
{
	const struct code_section *s = &o->sections[CODE_AT_SECTION(at)];
	uint64_t offset = CODE_AT_OFFSET(at);
	uint64_t len = strlen((const char *)s->bytes + offset) + 1;
	uint64_t end = offset + len, padded = end;

	/* Texts of a merged section begin at multiples of its alignment. */
	if (s->strings && s->align > 1) {
		padded = (end + s->align - 1) / s->align * s->align;
		if (padded > s->size)
			padded = s->size;
		for (uint64_t i = end; i < padded; i++)
			if (s->bytes[i])
				padded = end;
	}
	*ret_bytes = (uint32_t)(padded - offset);
	*ret_padding = (uint32_t)(padded - end);
}

uint8_t text_level(const char *text, size_t *ret_len)
{
	unsigned char level = 0;

	*ret_len = 0;
	if (text[0] == '\001' && text[1]) {
		level = (unsigned char)text[1];
		*ret_len = 2;
	} else if (text[0] == '<' && text[1] && text[2] == '>') {
		level = (unsigned char)text[1];
		*ret_len = 3;
	}
	if (level >= '0' && level <= '7')
		return (uint8_t)(level - '0');
	if (level == 'c')
		return MESSAGE_LEVEL_CONT;
	if (level != 'd')
		*ret_len = 0;
	return MESSAGE_LEVEL_DEFAULT;
}

/* After a %: its conversion, or NULL.  *star: a width is an argument. */
static const char *conversion(const char *p, bool *star, bool *length)
{
	*star = *length = false;
	p += strspn(p, "-+ #0");
	while ((*p >= '0' && *p <= '9') || *p == '*' || *p == '.') {
		*star |= *p == '*';
		p++;
	}
	while (*p && strchr("hlLzjt", *p)) {
		*length = true;
		p++;
	}
	return *p ? p : NULL;
}

bool text_is_static(const char *text, uint16_t fixed)
{
	unsigned int arg = 0;

	for (const char *p = text; (p = strchr(p, '%')); p++) {
		bool star, length;

		p = conversion(p + 1, &star, &length);
		if (!p)
			return true;
		if (*p == '%')
			continue;
		if (star || length || *p != 's' || arg >= 16 ||
		    !(fixed >> arg & 1))
			return false;
		arg++;
	}
	return true;
}
