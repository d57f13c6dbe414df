/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/messages/output.h"

#include <stdlib.h>
#include <string.h>

#include "code/messages/bill.h"
#include "code/messages/places.h"
#include "code/messages/records.h"
#include "code/messages/texts.h"

static uint8_t level_of(const struct object_facts *f,
			const struct raw_finding *x, const char *text)
{
	const struct known_function *k = NULL;
	size_t len;
	uint8_t level = text_level(text, &len);
	const char *given = x->level ? text_at(&f->o, x->level) : NULL;

	if (len)
		return level;
	if (x->printer != UINT32_MAX)
		k = x->printer & CALLEE_LOCAL
			    ? f->functions[x->printer & ~CALLEE_LOCAL].known
			    : f->known[x->printer];
	if (k && k->level != MESSAGE_LEVEL_DEFAULT)
		return k->level;
	if (given) {
		level = text_level(given, &len);
		if (len)
			return level;
	}
	return MESSAGE_LEVEL_DEFAULT;
}

static int compare_places(const void *pa, const void *pb)
{
	uint64_t a = *(const uint64_t *)pa, b = *(const uint64_t *)pb;

	return a < b ? -1 : a > b;
}

/*
 * How many functions load each text: the places that relocations of code
 * lead to, each once per function, in ascending order.
 */
static uint64_t *loaded_places(const struct object_facts *f, size_t *ret_count)
{
	const struct code_object *o = &f->o;
	size_t room = 1, n = 0;
	uint64_t *list;

	for (uint32_t i = 0; i < o->nsections; i++)
		if (o->sections[i].code)
			room += o->sections[i].nrelocs;
	list = malloc(room * sizeof(*list));
	for (uint32_t i = 0; list && i < o->nfunctions; i++) {
		const struct code_function *c = &o->functions[i];
		const struct code_section *s = &o->sections[c->section];
		size_t first = n, kept, k = facts_first_reloc(s, c->start);

		for (;
		     k < s->nrelocs && s->relocs[k].offset < c->start + c->size;
		     k++) {
			const struct code_reloc *r = &s->relocs[k];
			uint64_t at = facts_place_of(f, r);

			if (at && r->kind != RELOC_HIGH && n < room)
				list[n++] = at;
		}
		if (n == first)
			continue;
		qsort(list + first, n - first, sizeof(*list), compare_places);
		kept = first;
		for (k = first; k < n; k++)
			if (kept == first || list[kept - 1] != list[k])
				list[kept++] = list[k];
		n = kept;
	}
	if (list && n)
		qsort(list, n, sizeof(*list), compare_places);
	*ret_count = n;
	return list;
}

static uint32_t users_of(const uint64_t *list, size_t n, uint64_t at)
{
	size_t low = 0, high = n;
	uint32_t users = 0;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (list[mid] < at)
			low = mid + 1;
		else
			high = mid;
	}
	while (low < n && list[low++] == at)
		users++;
	return users ? users : 1;
}

/* Compilers align a constant to this at most. */
#define CONSTANT_ALIGN 32

/* How many relocations lead into a constant. */
static size_t references(const struct object_facts *f, uint64_t at,
			 uint64_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < f->o.nsections; i++) {
		const struct code_section *s = &f->o.sections[i];

		for (size_t k = 0; k < s->nrelocs; k++) {
			uint64_t place = facts_place_of(f, &s->relocs[k]);

			n += place >= at && place < at + size &&
			     s->relocs[k].kind != RELOC_HIGH;
		}
	}
	return n;
}

/*
 * The bytes of a constant that has a symbol of its own, such as __func__, and
 * that the calls of one message alone refer to; 0: it is none.
 */
static uint32_t constant_alone(const struct object_facts *f, uint64_t at,
			       size_t calls)
{
	const struct code_object *o = &f->o;
	uint32_t section = CODE_AT_SECTION(at);
	uint64_t offset = CODE_AT_OFFSET(at), size = 0, next = UINT64_MAX;

	if (!at || section >= o->nsections || o->sections[section].strings)
		return 0;
	for (size_t i = 0; i < o->nsymbols; i++) {
		const struct code_symbol *y = &o->symbols[i];

		if (y->section != section)
			continue;
		if (y->value == offset && y->size && !y->global)
			size = y->size;
		else if (y->value > offset && y->value < next)
			next = y->value;
	}
	if (!size || references(f, at, size) > calls)
		return 0;
	if (next == UINT64_MAX)
		next = o->sections[section].size;
	if (next > offset + size && next - offset < size + CONSTANT_ALIGN)
		size = next - offset;
	return (uint32_t)size;
}

static int put(const struct object_facts *f, const struct records *records,
	       uint32_t function, const struct raw_finding *x,
	       struct object_messages *to, struct err *e)
{
	struct message_finding *m = &to->findings[to->nfindings];
	const char *text = text_at(&f->o, x->text), *name;
	size_t prefix, len;

	text_level(text, &prefix);
	name = facts_name(f, function, &len);
	m->function = arena_strndup(&to->arena, name, len);
	m->message = arena_strdup(&to->arena, text + prefix);
	m->printer = facts_callee_name(f, x->printer, &to->arena);
	m->allocator = facts_callee_name(f, x->allocator, &to->arena);
	if (!m->function || !m->message || !m->printer || !m->allocator)
		return err_nomem(e);
	m->string_section = CODE_AT_SECTION(x->text);
	m->string_offset = CODE_AT_OFFSET(x->text);
	text_size(&f->o, x->text, &m->string_bytes, &m->padding_bytes);
	m->code_bytes = x->code_bytes;
	m->code_section = CODE_AT_SECTION(x->load);
	m->code_offset = CODE_AT_OFFSET(x->load);
	m->verdict = x->verdict;
	m->confidence = x->confidence;
	m->level = level_of(f, x, text);
	for (unsigned int i = 0; i < FLOW_GIVEN; i++)
		m->name_bytes += constant_alone(f, x->given[i], x->sites);
	records_apply(records, f, x->text, m);
	/* The object goes before the finding does. */
	if (m->file && !(m->file = arena_strdup(&to->arena, m->file)))
		return err_nomem(e);
	to->nfindings++;
	return 0;
}

static void count(const struct object_facts *f, struct message_coverage *c)
{
	c->decoded = f->m && !f->o.big_endian;
	for (uint32_t i = 0; c->decoded && i < f->o.nfunctions; i++) {
		const struct function *g = &f->functions[i];

		c->functions += g->owner == i;
		c->looked_at += g->analysed;
		c->cut_off += g->cut_off || g->dirty;
		c->undecoded += g->undecoded;
	}
}

int output_messages(const struct object_facts *f, struct object_messages *ret,
		    struct err *e)
{
	size_t n = 0, nplaces;
	struct records records = { NULL, 0 };
	uint64_t *places;
	int r = 0;

	memcpy(ret->content, f->o.content, sizeof(ret->content));
	count(f, &ret->coverage);
	if (!ret->coverage.decoded)
		return 0;
	r = bill_texts(f, ret, e);
	for (uint32_t i = 0; i < f->o.nfunctions; i++)
		n += f->functions[i].nfindings;
	if (!n || r < 0)
		return r;
	ret->findings = arena_calloc(&ret->arena, n, sizeof(*ret->findings));
	places = loaded_places(f, &nplaces);
	r = !ret->findings || !places ? err_nomem(e)
				      : records_read(f, &records, e);
	for (uint32_t i = 0; r == 0 && i < f->o.nfunctions; i++) {
		const struct function *g = &f->functions[i];

		/* Not settled: nothing is said of it. */
		if (g->dirty || g->cut_off)
			continue;
		for (size_t k = 0; k < g->nfindings && r == 0; k++)
			r = put(f, &records, i, &g->findings[k], ret, e);
	}
	for (size_t i = 0; r == 0 && i < ret->nfindings; i++)
		ret->findings[i].string_users =
			users_of(places, nplaces,
				 CODE_AT(ret->findings[i].string_section,
					 ret->findings[i].string_offset));
	free(places);
	free(records.list);
	return r;
}
