/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/record_blob_read.h"

#include <elf.h>
#include <string.h>

#include <xxhash.h>

#include "store/record_blob.h"
#include "support/leb128.h"

/* What a section, a symbol and a reference take at least: bounds their
 * counts. */
#define SECTION_MIN 8
#define SYMBOL_MIN 5
#define REFERENCE_MIN 2
/* A few bytes of the blob may expand to a long name. */
#define NAMES_MAX ((size_t)64 * 1024 * 1024)

static bool check_fits(const unsigned char *bytes, size_t len)
{
	uint64_t hash = XXH3_64bits(bytes + CHECK_LEN, len - CHECK_LEN);

	for (size_t i = 0; i < CHECK_LEN; i++)
		if (bytes[i] != (unsigned char)(hash >> (8 * i)))
			return false;
	return true;
}

enum { READ_NOMEM = -1, READ_DAMAGED = 0, READ_DONE = 1 };

struct reading {
	struct object_record record;
	struct arena *arena;
	const unsigned char *at, *end;
	const char *last_name;
	size_t last_len, names; /* names: bytes of all */
};

static bool get(struct reading *r, uint64_t *ret)
{
	return leb128_get(&r->at, r->end, ret);
}

/* A number that is at most max. */
static bool get_most(struct reading *r, uint64_t max, uint64_t *ret)
{
	return get(r, ret) && *ret <= max;
}

static size_t left(const struct reading *r)
{
	return (size_t)(r->end - r->at);
}

static int get_name(struct reading *r, const char **ret)
{
	uint64_t shared, rest;
	char *name;

	if (!get_most(r, r->last_len, &shared) || !get(r, &rest) ||
	    rest > left(r) || memchr(r->at, 0, (size_t)rest))
		return READ_DAMAGED;
	r->names += (size_t)(shared + rest);
	if (r->names > NAMES_MAX)
		return READ_DAMAGED;
	name = arena_alloc(r->arena, (size_t)(shared + rest) + 1);
	if (!name)
		return READ_NOMEM;
	memcpy(name, r->last_name, (size_t)shared);
	memcpy(name + shared, r->at, (size_t)rest);
	r->at += rest;
	r->last_name = *ret = name;
	r->last_len = (size_t)(shared + rest);
	return READ_DONE;
}

static bool get_header(struct reading *in)
{
	struct object_record *r = &in->record;
	uint64_t version, elf_class, encoding, etype, machine, eflags;

	if (!get(in, &version) || version != RECORD_BLOB_VERSION ||
	    !get_most(in, UINT8_MAX, &elf_class) ||
	    !get_most(in, UINT8_MAX, &encoding) ||
	    !get_most(in, UINT16_MAX, &etype) ||
	    !get_most(in, UINT16_MAX, &machine) ||
	    !get_most(in, UINT32_MAX, &eflags) || !get(in, &r->text) ||
	    !get(in, &r->data) || !get(in, &r->bss) || !get(in, &r->common))
		return false;
	r->elf_class = (uint8_t)elf_class;
	r->encoding = (uint8_t)encoding;
	r->etype = (uint16_t)etype;
	r->machine = (uint16_t)machine;
	r->eflags = (uint32_t)eflags;
	return true;
}

static int get_section(struct reading *in, struct obj_section *s)
{
	/* As elf_object.c: sums of sizes must not wrap. */
	uint64_t most = UINT64_MAX / 2 / (in->record.nsections + 1);
	uint64_t type, bits;
	unsigned char *content;
	int r = get_name(in, &s->name);

	if (r != READ_DONE)
		return r;
	if (!get_most(in, UINT32_MAX, &type) || !get(in, &s->flags) ||
	    !get_most(in, most, &s->size) || !get(in, &s->align) || !s->align ||
	    !get(in, &s->entsize) ||
	    !get_most(in, BIT_RELOCS | BIT_CONTENT, &bits))
		return READ_DAMAGED;
	s->type = (uint32_t)type;
	s->has_relocs = bits & BIT_RELOCS;
	if (!(bits & BIT_CONTENT))
		return READ_DONE;
	if (!s->size || s->size > left(in))
		return READ_DAMAGED;
	content = arena_alloc(in->arena, (size_t)s->size);
	if (!content)
		return READ_NOMEM;
	memcpy(content, in->at, (size_t)s->size);
	in->at += s->size;
	s->content = content;
	return READ_DONE;
}

static int get_sections(struct reading *in)
{
	struct object_record *r = &in->record;
	uint64_t count;
	int ret = READ_DONE;

	if (!get_most(in, left(in) / SECTION_MIN, &count))
		return READ_DAMAGED;
	r->nsections = (size_t)count;
	r->sections = arena_calloc(in->arena, r->nsections + 1,
				   sizeof(*r->sections));
	if (!r->sections)
		return READ_NOMEM;
	for (size_t i = 0; i < r->nsections && ret == READ_DONE; i++)
		ret = get_section(in, &r->sections[i]);
	return ret;
}

static int get_symbol(struct reading *in, uint64_t *place, uint64_t *value,
		      struct obj_symbol *s)
{
	uint64_t nsections = in->record.nsections, step, offset, info;

	if (!get_most(in, nsections + 1 - *place, &step) || !get(in, &offset) ||
	    !get_most(in, 0x1fff, &info))
		return READ_DAMAGED;
	*place += step;
	*value = offset + (step ? 0 : *value);
	s->section = *place < nsections
			     ? (uint32_t)*place
			     : SYM_SECTION_COMMON +
				       (uint32_t)(*place - nsections);
	s->value = *value;
	s->type = info & 15;
	s->bind = info >> 4 & 15;
	s->visibility = info >> 8 & 3;
	s->thumb = info >> 12 & 1;
	s->file = UINT32_MAX;
	return get_name(in, &s->name);
}

static int get_symbols(struct reading *in)
{
	struct object_record *r = &in->record;
	uint64_t count, place = 0, value = 0;
	int ret = READ_DONE;

	if (!get_most(in, left(in) / SYMBOL_MIN, &count))
		return READ_DAMAGED;
	r->nsymbols = (size_t)count;
	r->symbols = arena_calloc(in->arena, r->nsymbols + 1,
				  sizeof(*r->symbols));
	if (!r->symbols)
		return READ_NOMEM;
	for (size_t i = 0; i < r->nsymbols && ret == READ_DONE; i++) {
		ret = get_symbol(in, &place, &value, &r->symbols[i]);
		r->symbols[i].norm = r->symbols[i].name;
	}
	return ret;
}

static int get_reference(struct reading *in, uint64_t *from,
			 struct obj_reference *x)
{
	uint64_t last = in->record.nsections - 1, step, to;

	if (!in->record.nsections || !get_most(in, last - *from, &step) ||
	    !get_most(in, last + 1, &to))
		return READ_DAMAGED;
	*from += step;
	x->from = (uint32_t)*from;
	x->to = to ? (uint32_t)(to - 1) : SYM_SECTION_UNDEF;
	return to ? READ_DONE : get_name(in, &x->name);
}

static int get_references(struct reading *in)
{
	struct object_record *r = &in->record;
	uint64_t bits, count, from = 0;
	int ret = READ_DONE;

	if (!get_most(in, BIT_REFERENCES, &bits))
		return READ_DAMAGED;
	if (!bits)
		return READ_DONE;
	if (!get_most(in, left(in) / REFERENCE_MIN, &count))
		return READ_DAMAGED;
	r->references_known = true;
	r->nreferences = (size_t)count;
	r->references = arena_calloc(in->arena, r->nreferences + 1,
				     sizeof(*r->references));
	if (!r->references)
		return READ_NOMEM;
	for (size_t i = 0; i < r->nreferences && ret == READ_DONE; i++)
		ret = get_reference(in, &from, &r->references[i]);
	return ret;
}

int record_blob_decode(const unsigned char *bytes, size_t len,
		       struct arena *arena, struct object_record *ret)
{
	struct reading in = { .arena = arena, .last_name = "" };
	int r = READ_DAMAGED;

	if (len < CHECK_LEN || !check_fits(bytes, len))
		return READ_DAMAGED;
	in.at = bytes + CHECK_LEN;
	in.end = bytes + len;
	if (get_header(&in))
		r = get_sections(&in);
	if (r == READ_DONE)
		r = get_symbols(&in);
	if (r == READ_DONE)
		r = get_references(&in);
	if (r == READ_DONE && in.at != in.end)
		r = READ_DAMAGED;
	if (r == READ_DONE)
		*ret = in.record;
	return r;
}
