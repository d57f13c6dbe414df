/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/references.h"

#include <stdlib.h>

#include <gelf.h>

#include "elf/bounds.h"
#include "elf/elf_symbols.h"
#include "support/grow.h"

/* A kernel's largest object has a hundred thousand; a file of 256 MiB could
 * have hundreds of times as many. */
#define REFERENCES_MAX ((size_t)4 << 20)

/* What a symbol leads to, and the section that was seen to refer to it last:
 * each is kept once. */
struct target {
	uint32_t section; /* of a local symbol, or SYM_SECTION_UNDEF */
	uint32_t from;
	const char *name; /* copied when first needed */
	bool known, local;
};

struct gather {
	struct elf_reading *in;
	struct elf_table table;
	struct target *targets; /* of each symbol */
	uint32_t *reached_from; /* of each section of the record: the last */
	struct obj_reference *list;
	size_t count, capacity;
};

static bool is_loaded(const struct gather *g, uint32_t section)
{
	const struct object_record *r = g->in->record;

	return section < r->nsections && r->sections[section].flags & SHF_ALLOC;
}

static int add(struct gather *g, uint32_t from, uint32_t to, const char *name,
	       struct err *e)
{
	if (g->count >= REFERENCES_MAX)
		return err_set(e, ERR_FORMAT, "an absurd number of references");
	if (grow_room((void **)&g->list, g->count, &g->capacity,
		      sizeof(*g->list)))
		return err_nomem(e);
	g->list[g->count++] = (struct obj_reference){ from, to, name };
	return 0;
}

/* To a section of this object, once in a row. */
static int add_section(struct gather *g, uint32_t from, uint32_t to,
		       struct err *e)
{
	if (!is_loaded(g, from) || !is_loaded(g, to) || from == to ||
	    g->reached_from[to] == from)
		return 0;
	g->reached_from[to] = from;
	return add(g, from, to, NULL, e);
}

static int find_target(struct gather *g, size_t index, struct err *e)
{
	struct target *t = &g->targets[index];
	const char *name;
	size_t section;
	GElf_Sym sym;
	int r = elf_table_symbol(&g->table, index, &sym, &section, e);

	if (r < 0)
		return r;
	t->known = true;
	t->from = t->section = SYM_SECTION_UNDEF;
	t->local = GELF_ST_BIND(sym.st_info) == STB_LOCAL;
	if (t->local) {
		if (!elf_table_reserved(&sym) && section < g->in->shnum)
			t->section = g->in->to_record[section];
		return 0;
	}
	name = elf_strptr(g->in->elf, g->table.strtab, sym.st_name);
	if (!name)
		return err_set(e, ERR_FORMAT, "damaged name of a symbol");
	t->name = elf_copy_name(g->in, name, e);
	return t->name ? 0 : -(int)e->code;
}

static int add_symbol(struct gather *g, uint32_t from, size_t index,
		      struct err *e)
{
	struct target *t;
	int r;

	if (index == 0)
		return 0;
	if (index >= g->table.count)
		return err_set(e, ERR_FORMAT,
			       "damaged relocation: symbol %zu of %zu", index,
			       g->table.count);
	t = &g->targets[index];
	if (!t->known && (r = find_target(g, index, e)) < 0)
		return r;
	if (t->local)
		return add_section(g, from, t->section, e);
	if (t->from == from)
		return 0;
	t->from = from;
	return add(g, from, SYM_SECTION_UNDEF, t->name, e);
}

/* 64-bit MIPS has three types in r_info: of little-endian files the symbol
 * is in its lower half. */
static size_t symbol_of(const struct object_record *r, uint64_t info)
{
	if (r->machine == EM_MIPS && r->elf_class == ELFCLASS64 &&
	    r->encoding == ELFDATA2LSB)
		return (uint32_t)info;
	return GELF_R_SYM(info);
}

static int read_relocations(struct gather *g, Elf_Scn *scn, const GElf_Shdr *sh,
			    struct err *e)
{
	uint32_t from = g->in->to_record[sh->sh_info];
	size_t entry = gelf_fsize(g->in->elf,
				  sh->sh_type == SHT_RELA ? ELF_T_RELA
							  : ELF_T_REL,
				  1, EV_CURRENT);
	Elf_Data *d;
	int r = 0;

	if (!is_loaded(g, from))
		return 0;
	if (!entry || sh->sh_entsize != entry ||
	    !elf_may_read_once(g->in, elf_ndxscn(scn)) ||
	    !(d = elf_getdata(scn, NULL)))
		return err_set(e, ERR_FORMAT, "damaged relocations of '%s'",
			       g->in->record->sections[from].name);
	for (size_t i = 0; i < d->d_size / entry && i <= INT32_MAX && r == 0;
	     i++) {
		GElf_Rela rela = { 0 };
		GElf_Rel rel = { 0 };
		bool got = sh->sh_type == SHT_RELA
				   ? gelf_getrela(d, (int)i, &rela) != NULL
				   : gelf_getrel(d, (int)i, &rel) != NULL;

		if (got)
			r = add_symbol(g, from,
				       symbol_of(g->in->record,
						 rela.r_info | rel.r_info),
				       e);
	}
	return r;
}

/* A group is linked whole or not at all: each leads to the next, the last to
 * the first.  Its relocation sections are members, too. */
static int read_group(struct gather *g, Elf_Scn *scn, const GElf_Shdr *sh,
		      struct err *e)
{
	Elf_Data *d = elf_may_read(g->in, sh->sh_size) ? elf_getdata(scn, NULL)
						       : NULL;
	size_t count = d ? d->d_size / sizeof(Elf32_Word) : 0;
	const Elf32_Word *words = d ? d->d_buf : NULL;
	uint32_t first = SYM_SECTION_UNDEF, last = SYM_SECTION_UNDEF;
	int r = 0;

	/* The first word is flags. */
	for (size_t i = 1; i < count && r == 0; i++) {
		uint32_t member = words[i] < g->in->shnum
					  ? g->in->to_record[words[i]]
					  : SYM_SECTION_UNDEF;

		if (!is_loaded(g, member))
			continue;
		if (first == SYM_SECTION_UNDEF)
			first = member;
		r = add_section(g, last, member, e);
		last = member;
	}
	return r ? r : add_section(g, last, first, e);
}

static int read_section(struct gather *g, Elf_Scn *scn, struct err *e)
{
	struct elf_reading *in = g->in;
	GElf_Shdr sh;
	int r = 0;

	if (!gelf_getshdr(scn, &sh))
		return 0;
	if ((sh.sh_type == SHT_REL || sh.sh_type == SHT_RELA) && sh.sh_size &&
	    sh.sh_info > 0 && sh.sh_info < in->shnum)
		r = read_relocations(g, scn, &sh, e);
	else if (sh.sh_type == SHT_GROUP && sh.sh_size)
		r = read_group(g, scn, &sh, e);
	if (r == 0 && sh.sh_flags & SHF_LINK_ORDER && sh.sh_link < in->shnum)
		r = add_section(g, in->to_record[sh.sh_link],
				in->to_record[elf_ndxscn(scn)], e);
	return r;
}

static int compare(const void *pa, const void *pb)
{
	const struct obj_reference *a = pa, *b = pb;

	return a->from < b->from ? -1 : a->from > b->from;
}

static int keep(struct gather *g, struct err *e)
{
	struct object_record *r = g->in->record;

	r->references = arena_calloc(&r->arena, g->count + 1,
				     sizeof(*r->references));
	if (!r->references)
		return err_nomem(e);
	for (size_t i = 0; i < g->count; i++)
		r->references[i] = g->list[i];
	qsort(r->references, g->count, sizeof(*r->references), compare);
	r->nreferences = g->count;
	r->references_known = true;
	return 0;
}

int references_read(struct elf_reading *in, struct err *e)
{
	struct gather g = { .in = in };
	Elf_Scn *scn = NULL;
	int r = 0;

	if (in->symtab && (r = elf_table_open(in, &g.table, e)) < 0)
		return r;
	g.targets = calloc(g.table.count + 1, sizeof(*g.targets));
	g.reached_from = malloc((in->record->nsections + 1) *
				sizeof(*g.reached_from));
	if (!g.targets || !g.reached_from)
		r = err_nomem(e);
	for (size_t i = 0; r == 0 && i < in->record->nsections; i++)
		g.reached_from[i] = UINT32_MAX;
	while (r == 0 && (scn = elf_nextscn(in->elf, scn))) {
		size_t index = elf_ndxscn(scn);

		if (index && index < in->shnum)
			r = read_section(&g, scn, e);
	}
	if (r == 0)
		r = keep(&g, e);
	free(g.targets);
	free(g.reached_from);
	free(g.list);
	return r;
}
