/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/content_target.h"

#include <stdlib.h>
#include <string.h>

#include "elf/code_relocs.h"
#include "elf/elf_symbols.h"
#include "elf/isa.h"

/* What a word of content_target.what is: no kind looks like another. */
enum {
	WHAT_NAME = 1, /* a symbol of any object */
	WHAT_LOCAL,    /* one of this object */
	WHAT_TEXT,     /* a string, or a constant that is merged */
	WHAT_TABLE,    /* of jumps */
};

/* Longer strings are not looked at. */
#define TEXT_MAX ((uint64_t)64 << 10)
/* A symbol may be inside others, which begin before it. */
#define NESTED_MAX 16

/* ---- places ---- */

/* The symbol with a size that has the place; NULL: none. */
static const struct obj_symbol *symbol_at(const struct content_work *w,
					  uint32_t section, uint64_t at)
{
	const struct obj_symbol *all = w->in->record->symbols;
	uint32_t low = w->sections[section].first_symbol;
	uint32_t first = low, high = w->sections[section + 1].first_symbol;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (all[middle].value <= at)
			low = middle + 1;
		else
			high = middle;
	}
	for (unsigned int i = 0; i < NESTED_MAX && low > first; i++) {
		const struct obj_symbol *s = &all[--low];

		if (s->own && at - s->value < s->size)
			return s;
	}
	return NULL;
}

static uint64_t name_hash(const char *name)
{
	return content_hash(name, strlen(name));
}

/* A function's own variable: name.# */
static bool is_own_variable(const struct obj_symbol *s)
{
	const char *dot = strchr(s->norm, '.');

	return dot && dot != s->norm && strchr(dot, '#');
}

static void set_symbol(const struct content_work *w, const struct obj_symbol *s,
		       uint64_t at, struct content_target *ret)
{
	const struct object_record *r = w->in->record;

	if (symbol_has_content(r, s))
		ret->candidate = (uint32_t)(s - r->symbols);
	else if (s->bind == STB_LOCAL && !is_own_variable(s))
		return; /* another file's is another one */
	ret->what[0] = WHAT_LOCAL | s->size << 8;
	ret->what[1] = name_hash(s->norm);
	ret->what[2] = at - s->value;
	ret->known = true;
}

bool content_target_entry(struct content_work *w, uint32_t section, uint64_t at,
			  struct content_target *ret)
{
	const struct obj_symbol *s = symbol_at(w, section, at);

	*ret = (struct content_target){ .candidate = NO_CANDIDATE };
	if (!s || s->value != at || s->type != STT_FUNC)
		return false;
	set_symbol(w, s, at, ret);
	return true;
}

/* A string to its end, or an entry of merged constants. */
static void set_text(struct content_work *w, const struct obj_section *s,
		     const unsigned char *bytes, uint64_t at,
		     struct content_target *ret)
{
	uint64_t entry = s->entsize ? s->entsize : 1, end = at, begin = at;

	if (!bytes || at >= s->size)
		return;
	if (s->flags & SHF_STRINGS) {
		while (end < s->size && bytes[end] && end - at < TEXT_MAX)
			end++;
		/* Of wide characters none is looked at. */
		if (entry != 1 || end == s->size || bytes[end])
			return;
	} else {
		begin = at - at % entry;
		end = begin + entry;
		if (end > s->size || entry > TEXT_MAX)
			return;
	}
	if (!content_spend(w, end - begin))
		return;
	ret->what[0] = WHAT_TEXT;
	ret->what[1] = content_hash(bytes + begin, (size_t)(end - begin));
	ret->what[2] = at - begin;
	ret->known = true;
}

/* ---- what a relocation refers to ---- */

struct place {
	bool named; /* a symbol that is not local: name and addend say all */
	uint64_t name, value;
	uint32_t section; /* of a local one: of the record, or UNDEF */
	bool section_symbol;
};

static void find_place(struct content_work *w, uint32_t index,
		       struct place *ret)
{
	const char *name;
	size_t section;
	GElf_Sym sym;
	struct err ignored;

	*ret = (struct place){ .section = SYM_SECTION_UNDEF };
	/* One that is damaged leads nowhere. */
	if (!index || index >= w->table.count ||
	    elf_table_symbol(&w->table, index, &sym, &section, &ignored) < 0)
		return;
	ret->value = sym.st_value;
	if (GELF_ST_BIND(sym.st_info) == STB_LOCAL) {
		if (!elf_table_reserved(&sym) && section < w->in->shnum)
			ret->section = w->in->to_record[section];
		ret->section_symbol = GELF_ST_TYPE(sym.st_info) == STT_SECTION;
		if (w->table.arm && GELF_ST_TYPE(sym.st_info) == STT_FUNC)
			ret->value &= ~(uint64_t)1;
		return;
	}
	name = elf_strptr(w->in->elf, w->table.strtab, sym.st_name);
	if (!name || !content_spend(w, strlen(name)))
		return;
	ret->named = true;
	ret->name = name_hash(name);
}

/*
 * Bytes between the field of a PC-relative operand and the instruction's end,
 * from which x86 counts: an immediate.  The field follows a ModRM byte that
 * says so, or is the last of a jump or call.
 */
static unsigned int immediate_after(const unsigned char *code, uint64_t from,
				    uint64_t at)
{
	unsigned char modrm, op, before;

	if (at < from + 2)
		return 0;
	modrm = code[at - 1];
	op = code[at - 2];
	before = at >= from + 3 ? code[at - 3] : 0;
	if ((modrm & 0xc7) != 5)
		return 0;
	if (before == 0x0f && op != 0x80 && op != 0x81 && op != 0x83)
		return op == 0xba || op == 0xa4 || op == 0xac || op == 0xc2 ||
		       (op >= 0xc4 && op <= 0xc6) || (op >= 0x70 && op <= 0x73);
	switch (op) {
	case 0x80:
	case 0x83:
	case 0xc6:
	case 0xc0:
	case 0xc1:
	case 0x6b:
		return 1;
	case 0x81:
	case 0xc7:
	case 0x69:
		return before == 0x66 ? 2 : 4;
	case 0xf6:
		return (modrm >> 3 & 7) < 2;
	case 0xf7:
		return (modrm >> 3 & 7) >= 2 ? 0 : before == 0x66 ? 2 : 4;
	default:
		return 0;
	}
}

/* movw and movt have the addend's bits among others. */
static void mask_mov(unsigned char mask[8], bool thumb)
{
	static const unsigned char arm[4] = { 0xff, 0x0f, 0x0f, 0 };
	static const unsigned char t2[4] = { 0x0f, 0x04, 0xff, 0x70 };

	memcpy(mask, thumb ? t2 : arm, 4);
}

/* The addend of a REL file, stored in the place itself; false: not known. */
static bool addend_in_place(const struct content_work *w,
			    const unsigned char *p, uint64_t room,
			    const struct content_reloc *r,
			    struct code_reloc *meaning, int64_t *ret,
			    unsigned char mask[8])
{
	bool big = w->in->record->encoding == ELFDATA2MSB;
	bool thumb = r->type == R_ARM_THM_MOVW_ABS_NC ||
		     r->type == R_ARM_THM_MOVT_ABS;

	if (!meaning->size || room < meaning->size)
		return false;
	switch (meaning->kind) {
	case RELOC_ABS:
	case RELOC_PC:
		*ret = code_rel_addend(p, r->type, meaning, big);
		memset(mask, 0xff, meaning->size);
		return true;
	case RELOC_LOW:
	case RELOC_HIGH:
		if (big || w->in->record->machine != EM_ARM)
			return false;
		meaning->kind = RELOC_LOW;
		*ret = code_rel_addend(p,
				       thumb ? R_ARM_THM_MOVW_ABS_NC
					     : R_ARM_MOVW_ABS_NC,
				       meaning, big);
		mask_mov(mask, thumb);
		return true;
	default:
		return false;
	}
}

/* Addresses, one after the other, of places in the function. */
static void set_table(struct content_work *w, const struct content_section *s,
		      uint64_t at, uint32_t section,
		      const struct obj_symbol *of, struct content_target *ret)
{
	uint64_t hash = 0, n = 0, type;
	uint64_t step = w->in->record->elf_class == ELFCLASS64 ? 8 : 4;
	size_t i = content_reloc_from(s, at);

	if (s->in_place || i == s->nrelocs)
		return;
	type = s->relocs[i].type;
	for (; i < s->nrelocs; i++, n++, at += step) {
		const struct content_reloc *r = &s->relocs[i];
		struct place p;
		uint64_t to;

		if (r->offset != at || r->type != type || !content_spend(w, 1))
			break;
		find_place(w, r->symbol, &p);
		to = p.value + (uint64_t)r->addend - of->value;
		if (p.named || p.section != section || to >= of->size)
			break;
		hash = content_hash_words((uint64_t[]){ hash, to }, 2);
	}
	if (!n)
		return;
	ret->what[0] = WHAT_TABLE | type << 8;
	ret->what[1] = hash;
	ret->what[2] = n;
	ret->known = true;
}

/* In a section of this object. */
static int set_local(struct content_work *w, uint32_t section,
		     const struct obj_symbol *of, const struct place *p,
		     uint64_t at, struct content_target *ret, struct err *e)
{
	const struct obj_section *sec = &w->in->record->sections[p->section];
	const struct obj_symbol *s = symbol_at(w, p->section, at);
	struct content_section *target;
	int r;

	if (s) {
		set_symbol(w, s, at, ret);
		return 0;
	}
	if (sec->type == SHT_NOBITS || !(sec->flags & SHF_ALLOC))
		return 0;
	r = content_load(w, p->section, &target, e);
	if (r < 0)
		return r;
	if (sec->flags & SHF_MERGE)
		set_text(w, sec, target->bytes, at, ret);
	else if (sec->cls == CLASS_RODATA)
		set_table(w, target, at, section, of, ret);
	return 0;
}

int content_target_find(struct content_work *w, uint32_t section,
			const struct obj_symbol *of,
			const struct content_reloc *r,
			struct content_target *ret, unsigned char mask[8],
			struct err *e)
{
	const struct object_record *record = w->in->record;
	const struct content_section *s = &w->sections[section];
	struct code_reloc meaning = { .kind = RELOC_OTHER };
	enum code_isa isa = isa_of_machine(record->machine);
	int64_t addend = r->addend;
	uint64_t at;
	struct place p;

	*ret = (struct content_target){ .candidate = NO_CANDIDATE };
	memset(mask, 0, 8);
	/* Three types in one. */
	if (record->machine == EM_MIPS && record->elf_class == ELFCLASS64)
		return 0;
	find_place(w, r->symbol, &p);
	if (p.named || !r->symbol) {
		ret->what[0] = WHAT_NAME;
		ret->what[1] = p.name;
		ret->what[2] = (uint64_t)addend;
		ret->known = true;
		return 0;
	}
	if (p.section >= record->nsections)
		return 0;
	code_reloc_meaning(isa, r->type, &meaning);
	if (s->in_place &&
	    !addend_in_place(w, s->bytes + r->offset,
			     record->sections[section].size - r->offset, r,
			     &meaning, &addend, mask) &&
	    p.section_symbol)
		return 0;
	at = p.value + (uint64_t)addend;
	if (meaning.kind == RELOC_PC &&
	    (isa == ISA_X86_64 || isa == ISA_I386) &&
	    record->sections[section].flags & SHF_EXECINSTR)
		at += 4 + immediate_after(s->bytes, of->value, r->offset);
	return set_local(w, section, of, &p, at, ret, e);
}
