/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who refers to whom: relocations in a function's bytes, and direct calls
 * that the assembler has resolved.  Too much is harmless here: it costs a
 * look.
 */
#include "code/messages/refs.h"

#include <stdlib.h>
#include <string.h>

#include "code/messages/places.h"
#include "code/messages/texts.h"
#include "support/grow.h"

struct finder {
	struct object_facts *f;
	uint32_t *refs;
	size_t nrefs, capacity;
	uint32_t *seen; /* by symbol, then function: the last that had it + 1 */
	uint32_t function;
	bool nomem;
};

static void add(struct finder *g, uint32_t ref)
{
	size_t slot = ref & CALLEE_LOCAL
			      ? g->f->o.nsymbols + (ref & ~CALLEE_LOCAL)
			      : ref;

	if (g->seen[slot] == g->function + 1)
		return;
	g->seen[slot] = g->function + 1;
	if (grow_room((void **)&g->refs, g->nrefs, &g->capacity,
		      sizeof(*g->refs)))
		g->nomem = true;
	else
		g->refs[g->nrefs++] = ref;
}

static void add_place(struct finder *g, uint64_t at)
{
	uint32_t to = facts_function_around(g->f, at);

	if (to != UINT32_MAX && to != g->function)
		add(g, CALLEE_LOCAL | g->f->functions[to].owner);
}

static bool is_sentence(const char *text)
{
	return text && strchr(text, ' ');
}

static void by_relocations(struct finder *g, const struct code_function *c)
{
	const struct code_section *s = &g->f->o.sections[c->section];
	size_t i = facts_first_reloc(s, c->start);

	for (; i < s->nrelocs && s->relocs[i].offset < c->start + c->size;
	     i++) {
		const struct code_reloc *r = &s->relocs[i];
		uint64_t at = facts_place_of(g->f, r);

		if (!at)
			add(g, r->symbol);
		else if (g->f->o.sections[CODE_AT_SECTION(at)].strings)
			g->f->functions[g->function].talks |= is_sentence(
				text_at(&g->f->o, at));
		else if (g->f->o.sections[CODE_AT_SECTION(at)].code)
			add_place(g, at);
	}
}

static uint32_t word_at(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

/* The distance of a direct call or jump at p from its own begin; 0: none. */
static int64_t x86_distance(const unsigned char *p)
{
	return (int64_t)(int32_t)word_at(p + 1) + 5;
}

static int64_t arm_distance(const unsigned char *p)
{
	uint32_t w = word_at(p);

	if ((w & 0x0e000000) != 0x0a000000)
		return 0;
	return (int64_t)((int32_t)(w << 8) >> 6) + 8;
}

static int64_t thumb_distance(const unsigned char *p)
{
	uint32_t a = (uint32_t)p[0] | (uint32_t)p[1] << 8;
	uint32_t b = (uint32_t)p[2] | (uint32_t)p[3] << 8;
	uint32_t s = a >> 10 & 1, i1, i2;
	int32_t d;

	if ((a & 0xf800) != 0xf000 || (b & 0x9000) != 0x9000)
		return 0;
	i1 = !((b >> 13 & 1) ^ s);
	i2 = !((b >> 11 & 1) ^ s);
	d = (int32_t)((s ? 0xff000000U : 0) | i1 << 23 | i2 << 22 |
		      (a & 0x3ff) << 12 | (b & 0x7ff) << 1);
	return (int64_t)d + 4;
}

static int64_t arm64_distance(const unsigned char *p)
{
	uint32_t w = word_at(p);

	if ((w & 0x7c000000) != 0x14000000)
		return 0;
	return (int64_t)((int32_t)(w << 6) >> 4);
}

static void add_distance(struct finder *g, const struct code_function *c,
			 uint64_t at, int64_t distance)
{
	if (distance)
		add_place(g, CODE_AT(c->section,
				     (uint64_t)((int64_t)at + distance)));
}

/* Every byte of the kernel's code comes by here. */
static void by_bytes_of_x86(struct finder *g, const struct code_function *c)
{
	const unsigned char *bytes = g->f->o.sections[c->section].bytes;

	for (uint64_t at = c->start; at + 5 <= c->start + c->size; at++)
		if ((bytes[at] & 0xfe) == 0xe8)
			add_distance(g, c, at, x86_distance(bytes + at));
}

static void by_bytes(struct finder *g, const struct code_function *c)
{
	const unsigned char *bytes = g->f->o.sections[c->section].bytes;
	bool is_arm64 = g->f->o.isa == ISA_ARM64;
	uint64_t step = is_arm64 ? 4 : 2;

	for (uint64_t at = c->start; at + 4 <= c->start + c->size; at += step) {
		const unsigned char *p = bytes + at;
		int64_t d = is_arm64 ? arm64_distance(p) : thumb_distance(p);

		if (!d && !is_arm64 && at % 4 == 0)
			d = arm_distance(p);
		add_distance(g, c, at, d);
	}
}

static int find_users(struct object_facts *f, struct err *e)
{
	size_t total = 0;

	for (size_t i = 0; i < f->nrefs; i++)
		if (f->refs[i] & CALLEE_LOCAL)
			f->functions[f->refs[i] & ~CALLEE_LOCAL].nusers++;
	for (size_t i = 0; i < f->o.nfunctions; i++) {
		f->functions[i].first_user = (uint32_t)total;
		total += f->functions[i].nusers;
		f->functions[i].nusers = 0;
	}
	f->users = arena_calloc(&f->o.arena, total + 1, sizeof(*f->users));
	if (!f->users)
		return err_nomem(e);
	for (uint32_t i = 0; i < f->o.nfunctions; i++) {
		const struct function *g = &f->functions[i];

		for (uint32_t k = 0; k < g->nrefs; k++) {
			uint32_t ref = f->refs[g->first_ref + k];
			struct function *to;

			if (!(ref & CALLEE_LOCAL))
				continue;
			to = &f->functions[ref & ~CALLEE_LOCAL];
			f->users[to->first_user + to->nusers++] = g->owner;
		}
	}
	return 0;
}

int facts_find_refs(struct object_facts *f, struct err *e)
{
	struct finder g = { .f = f };
	int r = 0;

	g.seen = calloc(f->o.nsymbols + f->o.nfunctions + 1, sizeof(*g.seen));
	if (!g.seen)
		return err_nomem(e);
	for (uint32_t i = 0; i < f->o.nfunctions; i++) {
		g.function = i;
		f->functions[i].first_ref = (uint32_t)g.nrefs;
		by_relocations(&g, &f->o.functions[i]);
		if (f->o.isa == ISA_X86_64 || f->o.isa == ISA_I386)
			by_bytes_of_x86(&g, &f->o.functions[i]);
		else
			by_bytes(&g, &f->o.functions[i]);
		f->functions[i].nrefs = (uint32_t)g.nrefs -
					f->functions[i].first_ref;
	}
	f->refs = arena_calloc(&f->o.arena, g.nrefs + 1, sizeof(*f->refs));
	if (g.nomem || !f->refs) {
		r = err_nomem(e);
	} else {
		if (g.nrefs)
			memcpy(f->refs, g.refs, g.nrefs * sizeof(*f->refs));
		f->nrefs = g.nrefs;
		r = find_users(f, e);
	}
	free(g.refs);
	free(g.seen);
	return r;
}
