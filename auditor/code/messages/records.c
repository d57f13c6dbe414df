/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An entry of .printk_index is pointed to by a word of that section, and is,
 * packed: format, function, file, u32 line, level, prefix.  A record of
 * __dyndbg begins with: module, function, file, format, and a word whose lower
 * 18 bits are the line; how long it is differs by configuration.
 */
#include "code/messages/records.h"

#include <stdlib.h>
#include <string.h>

#include "code/messages/places.h"
#include "code/messages/texts.h"
#include "support/grow.h"

#define DYNDBG_LINE 0x3ffffU
/* Compilers align an entry to this at most. */
#define ENTRY_MAX 64

struct reading {
	const struct object_facts *f;
	struct records *to;
	size_t capacity;
	uint8_t word;
};

static int add(struct reading *r, const struct message_record *x, struct err *e)
{
	struct records *to = r->to;

	if (grow_room((void **)&to->list, to->count, &r->capacity,
		      sizeof(*to->list)))
		return err_nomem(e);
	to->list[to->count++] = *x;
	return 0;
}

static uint32_t number_at(const struct reading *r, const struct code_section *s,
			  uint64_t at)
{
	uint32_t v = 0;

	for (unsigned int i = 0; i < 4; i++)
		v |= (uint32_t)s->bytes[at + i]
		     << 8 * (r->f->o.big_endian ? 3 - i : i);
	return v;
}

/* What the relocation of that place leads to; 0: there is none. */
static uint64_t pointer_at(const struct reading *r,
			   const struct code_section *s, uint64_t at)
{
	size_t k = facts_first_reloc(s, at);

	return k < s->nrelocs && s->relocs[k].offset == at
		       ? facts_place_of(r->f, &s->relocs[k])
		       : 0;
}

static const char *text_of(const struct reading *r,
			   const struct code_section *s, uint64_t at)
{
	uint64_t place = pointer_at(r, s, at);

	return place ? text_at(&r->f->o, place) : NULL;
}

/* ---- .printk_index ---- */

static int compare_places(const void *pa, const void *pb)
{
	uint64_t a = *(const uint64_t *)pa, b = *(const uint64_t *)pb;

	return a < b ? -1 : a > b;
}

/* next: the entry after it, or 0. */
static int read_entry(struct reading *r, uint64_t at, uint64_t next,
		      struct err *e)
{
	const struct code_object *o = &r->f->o;
	uint64_t offset = CODE_AT_OFFSET(at);
	uint32_t word = r->word, size = 5 * word + 4;
	const struct code_section *s = &o->sections[CODE_AT_SECTION(at)];
	struct message_record x = { .bytes = word + size };

	if (!s->bytes || offset > s->size || s->size - offset < size)
		return 0;
	x.text = pointer_at(r, s, offset);
	x.function = text_of(r, s, offset + word);
	x.file = text_of(r, s, offset + 2UL * word);
	x.line = number_at(r, s, offset + 3UL * word);
	if (!x.text || !x.function || !x.file)
		return 0;
	if (next > at && next - at <= ENTRY_MAX)
		x.bytes = word + (uint32_t)(next - at);
	return add(r, &x, e);
}

static int read_index(struct reading *r, const struct code_section *s,
		      struct err *e)
{
	uint64_t *places = malloc((s->nrelocs + 1) * sizeof(*places));
	size_t n = 0;
	int ret = 0;

	if (!places)
		return err_nomem(e);
	for (size_t i = 0; i < s->nrelocs; i++) {
		uint64_t at = facts_place_of(r->f, &s->relocs[i]);

		if (at)
			places[n++] = at;
	}
	if (n)
		qsort(places, n, sizeof(*places), compare_places);
	for (size_t i = 0; i < n && ret == 0; i++)
		ret = read_entry(r, places[i], i + 1 < n ? places[i + 1] : 0,
				 e);
	free(places);
	return ret;
}

/* ---- __dyndbg ---- */

static bool is_record(const struct reading *r, const struct code_section *s,
		      uint64_t at)
{
	uint64_t word = r->word;

	return s->size - at >= 4 * word + 4 && text_of(r, s, at) &&
	       text_of(r, s, at + word) && text_of(r, s, at + 2 * word) &&
	       text_of(r, s, at + 3 * word);
}

static int read_debug(struct reading *r, const struct code_section *s,
		      struct err *e)
{
	size_t first = r->to->count;
	uint64_t last = 0, word = r->word;

	for (size_t i = 0; i < s->nrelocs; i++) {
		uint64_t at = s->relocs[i].offset;
		struct message_record x = { 0 };
		int ret;

		if (at >= s->size || !is_record(r, s, at))
			continue;
		if (r->to->count > first)
			r->to->list[r->to->count - 1].bytes = (uint32_t)(at -
									 last);
		x.text = pointer_at(r, s, at + 3 * word);
		x.function = text_of(r, s, at + word);
		x.file = text_of(r, s, at + 2 * word);
		x.line = number_at(r, s, at + 4 * word) & DYNDBG_LINE;
		x.bytes = (uint32_t)(s->size - at);
		if ((ret = add(r, &x, e)) < 0)
			return ret;
		last = at;
		i += 3;
	}
	return 0;
}

/* ---- all of it ---- */

static int compare_records(const void *pa, const void *pb)
{
	const struct message_record *a = pa, *b = pb;

	if (a->text != b->text)
		return a->text < b->text ? -1 : 1;
	return a->line < b->line ? -1 : a->line > b->line;
}

int records_read(const struct object_facts *f, struct records *ret,
		 struct err *e)
{
	struct reading r = { .f = f, .to = ret, .word = f->m->word };
	int err = 0;

	*ret = (struct records){ NULL, 0 };
	for (size_t i = 0; i < f->o.nsections && err == 0; i++) {
		const struct code_section *s = &f->o.sections[i];

		if (!s->name || !s->bytes)
			continue;
		if (strcmp(s->name, ".printk_index") == 0)
			err = read_index(&r, s, e);
		else if (strcmp(s->name, "__dyndbg") == 0)
			err = read_debug(&r, s, e);
	}
	if (err < 0) {
		free(ret->list);
		*ret = (struct records){ NULL, 0 };
	} else if (ret->count) {
		qsort(ret->list, ret->count, sizeof(*ret->list),
		      compare_records);
	}
	return err;
}

/* Does the object have that function, or is it in others? */
static bool is_compiled(const struct object_facts *f, const char *function)
{
	for (uint32_t i = 0; i < f->o.nfunctions; i++) {
		size_t len;
		const char *name = facts_name(f, i, &len);

		if (strlen(function) == len && memcmp(name, function, len) == 0)
			return true;
	}
	return false;
}

void records_apply(const struct records *r, const struct object_facts *f,
		   uint64_t text, struct message_finding *m)
{
	size_t low = 0, high = r->count, end;
	bool own = false;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (r->list[mid].text < text)
			low = mid + 1;
		else
			high = mid;
	}
	end = low;
	while (end < r->count && r->list[end].text == text)
		own |= strcmp(r->list[end++].function, m->function) == 0;
	for (; low < end; low++) {
		const struct message_record *x = &r->list[low];

		/* Another function may print the same text. */
		if (own ? strcmp(x->function, m->function) != 0
			: is_compiled(f, x->function))
			continue;
		m->index_bytes += x->bytes;
		if (m->file)
			continue;
		m->file = x->file;
		m->line = x->line;
	}
}
