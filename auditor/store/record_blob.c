/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/record_blob.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "support/leb128.h"

static void put_check(unsigned char *bytes, size_t len)
{
	uint64_t hash = XXH3_64bits(bytes + CHECK_LEN, len - CHECK_LEN);

	for (size_t i = 0; i < CHECK_LEN; i++)
		bytes[i] = (unsigned char)(hash >> (8 * i));
}

struct writing {
	const struct object_record *record;
	unsigned char *bytes;
	size_t len, capacity;
	const char *last_name;
	bool failed;
};

static unsigned char *room(struct writing *w, size_t len)
{
	size_t capacity = w->capacity ? w->capacity : 2048;
	unsigned char *bytes;

	if (w->failed)
		return NULL;
	while (capacity - w->len < len && capacity <= SIZE_MAX / 2)
		capacity *= 2;
	if (capacity != w->capacity) {
		bytes = capacity - w->len < len ? NULL
						: realloc(w->bytes, capacity);
		if (!bytes) {
			w->failed = true;
			return NULL;
		}
		w->bytes = bytes;
		w->capacity = capacity;
	}
	return w->bytes + w->len;
}

static void put(struct writing *w, uint64_t v)
{
	unsigned char *at = room(w, LEB128_MAX);

	if (at)
		w->len += leb128_put(at, v);
}

static void put_bytes(struct writing *w, const void *p, size_t len)
{
	unsigned char *at = room(w, len);

	if (at && len)
		memcpy(at, p, len);
	w->len += at ? len : 0;
}

static void put_name(struct writing *w, const char *name)
{
	const char *last = w->last_name;
	size_t shared = 0, rest;

	while (name[shared] && name[shared] == last[shared])
		shared++;
	rest = strlen(name + shared);
	put(w, shared);
	put(w, rest);
	put_bytes(w, name + shared, rest);
	w->last_name = name;
}

static void put_header(struct writing *w)
{
	const struct object_record *r = w->record;

	put_bytes(w, "\0\0\0", CHECK_LEN);
	put(w, RECORD_BLOB_VERSION);
	put(w, r->elf_class);
	put(w, r->encoding);
	put(w, r->etype);
	put(w, r->machine);
	put(w, r->eflags);
	put(w, r->text);
	put(w, r->data);
	put(w, r->bss);
	put(w, r->common);
}

static void put_section(struct writing *w, const struct obj_section *s)
{
	bool content = s->content && s->size;

	put_name(w, s->name);
	put(w, s->type);
	put(w, s->flags);
	put(w, s->size);
	put(w, s->align);
	put(w, s->entsize);
	put(w, (s->has_relocs ? BIT_RELOCS : 0) | (content ? BIT_CONTENT : 0));
	if (content)
		put_bytes(w, s->content, (size_t)s->size);
}

static bool is_kept(const struct object_record *r, const struct obj_symbol *s)
{
	if (s->section == SYM_SECTION_UNDEF)
		return false;
	return s->bind != STB_LOCAL || s->section == SYM_SECTION_COMMON ||
	       (s->section < r->nsections &&
		r->sections[s->section].flags & SHF_EXECINSTR);
}

/* COMMON sorts before absolute (model/object.h). */
static uint64_t place_number(const struct object_record *r, uint32_t section)
{
	if (section < SYM_SECTION_COMMON)
		return section;
	return (uint64_t)r->nsections + (section - SYM_SECTION_COMMON);
}

static void put_symbols(struct writing *w)
{
	const struct object_record *r = w->record;
	uint64_t place = 0, value = 0, count = 0;

	for (size_t i = 0; i < r->nsymbols; i++)
		count += is_kept(r, &r->symbols[i]);
	put(w, count);
	for (size_t i = 0; i < r->nsymbols; i++) {
		const struct obj_symbol *s = &r->symbols[i];
		uint64_t now = place_number(r, s->section);

		if (!is_kept(r, s))
			continue;
		put(w, now - place);
		put(w, s->value - (now == place ? value : 0));
		put(w, s->type | (uint64_t)s->bind << 4 |
			       (uint64_t)(s->visibility & 3) << 8 |
			       (uint64_t)s->thumb << 12);
		put_name(w, s->name);
		place = now;
		value = s->value;
	}
}

static void put_references(struct writing *w)
{
	const struct object_record *r = w->record;
	uint32_t from = 0;

	put(w, r->references_known ? BIT_REFERENCES : 0);
	if (!r->references_known)
		return;
	put(w, r->nreferences);
	for (size_t i = 0; i < r->nreferences; i++) {
		const struct obj_reference *x = &r->references[i];

		put(w, x->from - from);
		put(w, x->name ? 0 : (uint64_t)x->to + 1);
		if (x->name)
			put_name(w, x->name);
		from = x->from;
	}
}

int record_blob_encode(const struct object_record *r, unsigned char **ret,
		       size_t *ret_len)
{
	struct writing w = { .record = r, .last_name = "" };

	put_header(&w);
	put(&w, r->nsections);
	for (size_t i = 0; i < r->nsections; i++)
		put_section(&w, &r->sections[i]);
	put_symbols(&w);
	put_references(&w);
	if (w.failed) {
		free(w.bytes);
		return -1;
	}
	put_check(w.bytes, w.len);
	*ret = w.bytes;
	*ret_len = w.len;
	return 0;
}
