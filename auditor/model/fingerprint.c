/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/fingerprint.h"

#include <string.h>

#include "model/strip_counters.h"
#include "support/digest.h"

/* Fed to the hash field by field in a fixed byte order, so that every host
 * computes the same fingerprint. */
static void feed(struct digest *h, uint64_t v)
{
	unsigned char b[8];

	for (size_t i = 0; i < sizeof(b); i++)
		b[i] = (unsigned char)(v >> (8 * i));
	digest_add(h, b, sizeof(b));
}

static void feed_name(struct digest *h, const char *name)
{
	/* With the NUL: "ab","c" is not "a","bc". */
	digest_add(h, name, strlen(name) + 1);
}

static int feed_sections(struct digest *h, struct object_record *r,
			 unsigned int detail)
{
	feed(h, r->nsections);
	for (size_t i = 0; i < r->nsections; i++) {
		const struct obj_section *s = &r->sections[i];
		const char *name = strip_counters(&r->arena, s->name);

		if (!name)
			return -1;
		feed_name(h, name);
		feed(h, s->type);
		feed(h, s->flags);
		feed(h, s->addr);
		feed(h, s->size);
		feed(h, s->align);
		feed(h, s->entsize);
		feed(h, s->unattributed);
		if (!detail)
			continue;
		feed(h, s->return_sites_len);
		if (s->return_sites_len)
			digest_add(h, s->return_sites, s->return_sites_len);
	}
	return 0;
}

static void feed_symbols(struct digest *h, const struct object_record *r)
{
	feed(h, r->nsymbols);
	for (size_t i = 0; i < r->nsymbols; i++) {
		const struct obj_symbol *s = &r->symbols[i];

		if (s->section == SYM_SECTION_UNDEF)
			continue;
		feed_name(h, s->norm);
		feed(h, s->section);
		feed(h, (uint64_t)s->type << 16 | (uint64_t)s->bind << 8 |
				s->visibility);
		feed(h, s->value);
		feed(h, s->size);
	}
}

int fingerprint_compute(struct object_record *r, unsigned int detail,
			struct err *e)
{
	struct digest d, *h = &d;

	if (digest_begin(h, e))
		return -(int)e->code;
	feed(h, (uint64_t)r->elf_class << 48 | (uint64_t)r->encoding << 40 |
			(uint64_t)r->etype << 16 | r->machine);
	feed(h, r->eflags);
	feed(h, detail);
	feed(h, r->text);
	feed(h, r->data);
	feed(h, r->bss);
	feed(h, r->common);
	if (feed_sections(h, r, detail)) {
		digest_drop(h);
		return err_nomem(e);
	}
	feed_symbols(h, r);
	digest_end(h, r->fingerprint);
	return 0;
}
