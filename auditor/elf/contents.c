/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/contents.h"

#include <stdlib.h>
#include <string.h>

#include <gelf.h>

#include "elf/content_branch.h"
#include "elf/content_target.h"
#include "elf/elf_symbols.h"
#include "support/grow.h"

/* How deep the content of what a function calls is part of its own. */
#define ROUNDS 3

/* In the place of a relocation's type. */
#define BRANCH UINT32_MAX

/* Candidate number from needs the content of to, indices of symbols. */
struct edge {
	uint32_t from, to;
};

struct contents {
	struct content_work work;
	struct edge *edges;
	size_t nedges, edges_cap;
	uint64_t *words; /* scratch */
	size_t words_cap, nwords;
	unsigned char *masked; /* of one symbol; NULL: its bytes will do */
};

/* ---- one symbol ---- */

static int add_words(struct contents *c, const uint64_t *v, size_t n,
		     struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		if (grow_room((void **)&c->words, c->nwords, &c->words_cap,
			      sizeof(*c->words)))
			return err_nomem(e);
		c->words[c->nwords++] = v[i];
	}
	return 0;
}

static int add_edge(struct contents *c, uint32_t from, uint32_t to,
		    struct err *e)
{
	if (grow_room((void **)&c->edges, c->nedges, &c->edges_cap,
		      sizeof(*c->edges)))
		return err_nomem(e);
	c->edges[c->nedges++] = (struct edge){ from, to };
	return 0;
}

static int add_target(struct contents *c, uint32_t index, uint64_t place,
		      uint32_t type, const struct content_target *t,
		      struct err *e)
{
	int rc = add_words(c,
			   (uint64_t[]){ place, type, t->what[0], t->what[1],
					 t->what[2] },
			   5, e);

	return rc || t->candidate == NO_CANDIDATE || t->candidate == index
		       ? rc
		       : add_edge(c, index, t->candidate, e);
}

/* Of REL files the addends are taken out of a copy of the bytes. */
static void apply_mask(unsigned char *bytes, uint64_t size, uint64_t at,
		       const unsigned char mask[8])
{
	for (uint64_t i = 0; i < 8 && at + i < size; i++)
		bytes[at + i] &= (unsigned char)~mask[i];
}

/* The words of its relocations: 1; 0 where one of them is not understood. */
static int add_relocs(struct contents *c, struct content_section *s,
		      uint32_t index, uint64_t start, uint64_t size,
		      struct err *e)
{
	const struct object_record *r = c->work.in->record;
	const struct obj_symbol *of = &r->symbols[index];
	size_t low = content_reloc_from(s, start);

	for (; low < s->nrelocs && s->relocs[low].offset < start + size;
	     low++) {
		const struct content_reloc *x = &s->relocs[low];
		struct content_target t;
		unsigned char mask[8];
		int rc;

		if (!content_spend(&c->work, 1))
			return 0;
		rc = content_target_find(&c->work, of->section, of, x, &t, mask,
					 e);
		if (rc < 0)
			return rc;
		if (!t.known)
			return 0;
		rc = add_target(c, index, x->offset - start, x->type, &t, e);
		if (rc < 0)
			return rc;
		if (c->masked)
			apply_mask(c->masked, size, x->offset - start, mask);
	}
	return 1;
}

/* The symbol's own copy of its bytes. */
static int copy_bytes(struct contents *c, const struct content_section *s,
		      uint64_t start, uint64_t size, struct err *e)
{
	if (c->masked)
		return 0;
	c->masked = malloc(size);
	if (!c->masked)
		return err_nomem(e);
	memcpy(c->masked, s->bytes + start, size);
	return 0;
}

/* The same for branches without a relocation: they are expressed by their target,
 * and masked in a copy of the bytes. */
static int add_branches(struct contents *c, struct content_section *s,
			uint32_t index, uint64_t start, uint64_t size,
			struct err *e)
{
	const struct object_record *r = c->work.in->record;
	const struct obj_symbol *of = &r->symbols[index];
	unsigned int step = content_branch_step(r, of);
	uint64_t end = start + size;
	int rc;

	if (!(r->sections[of->section].flags & SHF_EXECINSTR))
		return 1;
	if (!step)
		return 0;
	for (uint64_t at = start; at < end; at += step) {
		struct content_branch b;
		struct content_target t;
		size_t i;

		if (!content_branch_at(r, of, s->bytes, at, end, &b) ||
		    (b.to >= start && b.to < end) ||
		    !content_target_entry(&c->work, of->section, b.to, &t))
			continue;
		i = content_reloc_from(s, b.field);
		if (i < s->nrelocs && s->relocs[i].offset < b.field + 4)
			continue;
		if (!t.known)
			return 0;
		if ((rc = add_target(c, index, b.field - start, BRANCH, &t,
				     e)) < 0 ||
		    (rc = copy_bytes(c, s, start, size, e)) < 0)
			return rc;
		apply_mask(c->masked, size, b.field - start, b.mask);
	}
	return 1;
}

static int find_content(struct contents *c, uint32_t index, struct err *e)
{
	struct object_record *r = c->work.in->record;
	struct obj_symbol *of = &r->symbols[index];
	const struct obj_section *sec = &r->sections[of->section];
	uint64_t size = of->size, start = of->value;
	struct content_section *s;
	size_t edges = c->nedges;
	int rc = content_load(&c->work, of->section, &s, e);

	if (rc < 0 || !s->bytes || start > sec->size ||
	    size > sec->size - start || !content_spend(&c->work, size))
		return rc;
	c->nwords = 0;
	free(c->masked);
	c->masked = NULL;
	if (s->in_place)
		rc = copy_bytes(c, s, start, size, e);
	if (rc == 0)
		rc = add_relocs(c, s, index, start, size, e);
	if (rc > 0)
		rc = add_branches(c, s, index, start, size, e);
	if (rc < 0)
		return rc;
	if (rc == 0) {
		c->nedges = edges;
		return 0;
	}
	of->content = content_hash(c->masked ? c->masked : s->bytes + start,
				   (size_t)size);
	rc = add_words(c, &of->content, 1, e);
	if (rc == 0)
		of->content = content_hash_words(c->words, c->nwords) | 1;
	return rc;
}

/* ---- what they need of each other ---- */

/* Each gets the content of what it leads to, which has that of what this
 * leads to, and so on; what leads to something unknown is not known. */
static int join(struct contents *c, struct err *e)
{
	struct obj_symbol *all = c->work.in->record->symbols;

	for (int round = 0; round < ROUNDS && c->nedges; round++) {
		size_t i = 0;

		/* Those of one symbol are neighbours; a list may name itself
		 * only by what was known before this round. */
		uint64_t *before = malloc(c->nedges * sizeof(*before));

		if (!before)
			return err_nomem(e);
		for (size_t k = 0; k < c->nedges; k++)
			before[k] = all[c->edges[k].to].content;
		while (i < c->nedges) {
			struct obj_symbol *s = &all[c->edges[i].from];
			uint64_t hash = s->content;
			uint32_t from = c->edges[i].from;

			for (; i < c->nedges && c->edges[i].from == from; i++)
				hash = hash && before[i]
					       ? content_hash_words(
							 (uint64_t[]){
								 hash,
								 before[i] },
							 2) |
							 1
					       : 0;
			s->content = hash;
		}
		free(before);
	}
	return 0;
}

static int init(struct contents *c, struct elf_reading *in, struct err *e)
{
	struct object_record *r = in->record;
	Elf_Scn *scn = NULL;
	uint32_t at = 0;

	c->work.in = in;
	/* Bytes of nested symbols are read once for each of them. */
	c->work.left = 4 * in->file_size + ((uint64_t)1 << 20);
	c->work.sections = arena_calloc(&r->arena, r->nsections + 2,
					sizeof(*c->work.sections));
	if (!c->work.sections)
		return err_nomem(e);
	for (uint32_t i = 0; i <= r->nsections; i++) {
		while (at < r->nsymbols && r->symbols[at].section < i)
			at++;
		c->work.sections[i].first_symbol = at;
	}
	while ((scn = elf_nextscn(in->elf, scn))) {
		size_t index = elf_ndxscn(scn);
		GElf_Shdr sh;
		uint32_t to;

		if (index >= in->shnum || (in->all[index].type != SHT_REL &&
					   in->all[index].type != SHT_RELA))
			continue;
		if (!gelf_getshdr(scn, &sh) || sh.sh_info >= in->shnum)
			continue;
		to = in->to_record[sh.sh_info];
		if (to < r->nsections)
			c->work.sections[to].reloc_section = scn;
	}
	return elf_table_open(in, &c->work.table, e);
}

int contents_find(struct elf_reading *in, struct err *e)
{
	struct object_record *r = in->record;
	struct contents c = { 0 };
	int rc;

	if (!in->symtab || !r->nsymbols)
		return 0;
	rc = init(&c, in, e);
	for (size_t i = 0; i < r->nsymbols && i < UINT32_MAX && rc == 0; i++)
		if (symbol_has_content(r, &r->symbols[i]))
			rc = find_content(&c, (uint32_t)i, e);
	if (rc == 0)
		rc = join(&c, e);
	for (size_t i = 0; c.work.sections && i < r->nsections; i++)
		free(c.work.sections[i].relocs);
	free(c.edges);
	free(c.words);
	free(c.masked);
	return rc;
}
