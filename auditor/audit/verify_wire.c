/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/verify_wire.h"

#include <string.h>

#define TEXT_MAX ((uint32_t)1 << 20)	/* bytes of one name */
#define SYMBOLS_MAX ((uint64_t)1 << 24) /* of one object */

struct verify_head {
	uint64_t text, data, bss, nsymbols;
	uint32_t sizes_known;
	uint32_t error; /* length of a text that follows; 0: none */
};

struct verify_wire {
	uint64_t value, size;
	uint32_t name, section; /* lengths */
};

static uint32_t length(const char *s)
{
	size_t n = strlen(s);

	return n > TEXT_MAX ? TEXT_MAX : (uint32_t)n;
}

int verify_send(FILE *out, const struct second_reading *o)
{
	struct verify_head h = { o->text,     o->data,	      o->bss,
				 o->nsymbols, o->sizes_known, 0 };

	fwrite(&h, sizeof(h), 1, out);
	for (size_t i = 0; i < o->nsymbols; i++) {
		const struct second_symbol *s = &o->symbols[i];
		struct verify_wire w = { s->value, s->size, length(s->name),
					 length(s->section) };

		fwrite(&w, sizeof(w), 1, out);
		fwrite(s->name, 1, w.name, out);
		fwrite(s->section, 1, w.section, out);
	}
	return ferror(out) ? -1 : 0;
}

int verify_send_error(FILE *out, const char *text)
{
	struct verify_head h = { .error = length(text) };

	if (!h.error)
		return verify_send_error(out, "not readable");
	fwrite(&h, sizeof(h), 1, out);
	fwrite(text, 1, h.error, out);
	return ferror(out) ? -1 : 0;
}

static const char *receive_text(FILE *in, struct arena *a, uint32_t len)
{
	char *s = len > TEXT_MAX ? NULL : arena_alloc(a, (size_t)len + 1);

	return s && fread(s, 1, len, in) == len ? s : NULL;
}

static int receive_symbol(FILE *in, struct arena *a, struct second_symbol *to)
{
	struct verify_wire w;

	if (fread(&w, sizeof(w), 1, in) != 1)
		return -1;
	to->value = w.value;
	to->size = w.size;
	to->name = receive_text(in, a, w.name);
	to->section = receive_text(in, a, w.section);
	return to->name && to->section ? 0 : -1;
}

int verify_receive(FILE *in, struct arena *a, struct second_reading *ret,
		   const char **ret_error)
{
	struct second_reading o;
	struct verify_head h;

	if (fread(&h, sizeof(h), 1, in) != 1 || h.nsymbols > SYMBOLS_MAX)
		return -1;
	if (h.error) {
		*ret_error = receive_text(in, a, h.error);
		return *ret_error ? 0 : -1;
	}
	o = (struct second_reading){
		.text = h.text,
		.data = h.data,
		.bss = h.bss,
		.sizes_known = h.sizes_known != 0,
		.nsymbols = (size_t)h.nsymbols,
	};
	o.symbols = arena_calloc(a, o.nsymbols + 1, sizeof(*o.symbols));
	if (!o.symbols)
		return -1;
	for (size_t i = 0; i < o.nsymbols; i++)
		if (receive_symbol(in, a, &o.symbols[i]))
			return -1;
	*ret = o;
	return 1;
}
