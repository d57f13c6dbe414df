/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/elf_symbols.h"

#include <stdlib.h>
#include <string.h>

#include <gelf.h>

#include "elf/bounds.h"
#include "model/strip_counters.h"

/* What libelf is about to read: the table, its names, its long indices. */
static int check_size(struct elf_reading *in, const GElf_Shdr *sh,
		      uint64_t count, struct err *e)
{
	if (in->table_allowed)
		return 0;
	if (count > ELF_SYMBOLS_MAX)
		return err_set(e, ERR_FORMAT,
			       "an absurd number of symbols: %llu",
			       (unsigned long long)count);
	if (!elf_may_read(in, sh->sh_size) ||
	    (sh->sh_link != in->shstrndx &&
	     !elf_may_read_section(in, sh->sh_link)) ||
	    (in->extended &&
	     !elf_may_read_section(in, elf_ndxscn(in->extended))))
		return err_set(e, ERR_FORMAT,
			       "the symbol table has an absurd size");
	in->table_allowed = true;
	return 0;
}

int elf_table_open(struct elf_reading *in, struct elf_table *ret, struct err *e)
{
	struct elf_table t = { 0 };
	GElf_Shdr sh;
	size_t entry;
	int r;

	if (!gelf_getshdr(in->symtab, &sh))
		return err_set(e, ERR_FORMAT, "damaged symbol table: %s",
			       elf_errmsg(-1));
	entry = gelf_fsize(in->elf, ELF_T_SYM, 1, EV_CURRENT);
	if (!entry || sh.sh_entsize != entry)
		return err_set(e, ERR_FORMAT,
			       "damaged symbol table: entry size %llu",
			       (unsigned long long)sh.sh_entsize);
	r = check_size(in, &sh, sh.sh_size / entry, e);
	if (r < 0)
		return r;
	if (!(t.symbols = elf_getdata(in->symtab, NULL)))
		return err_set(e, ERR_FORMAT, "damaged symbol table: %s",
			       elf_errmsg(-1));
	t.count = t.symbols->d_size / entry;
	t.strtab = sh.sh_link;
	if (in->extended && !(t.extended = elf_getdata(in->extended, NULL)))
		return err_set(e, ERR_FORMAT,
			       "damaged SHT_SYMTAB_SHNDX section");
	t.arm = in->record->machine == EM_ARM;
	*ret = t;
	return 0;
}

int elf_table_symbol(const struct elf_table *t, size_t i, GElf_Sym *sym,
		     size_t *ret_section, struct err *e)
{
	Elf32_Word xindex = 0;

	if (i > INT32_MAX ||
	    !gelf_getsymshndx(t->symbols, t->extended, (int)i, sym, &xindex))
		return err_set(e, ERR_FORMAT, "damaged symbol %zu: %s", i,
			       elf_errmsg(-1));
	*ret_section = sym->st_shndx == SHN_XINDEX ? xindex : sym->st_shndx;
	return 0;
}

/*
 * "$a", "$t", "$d" (ARM), "$x", "$d" (AArch64, RISC-V), with an optional
 * ".suffix" or, on RISC-V, an ISA string: they say what follows them, they
 * name nothing.
 */
static bool is_mapping(uint16_t machine, const char *name)
{
	if (name[0] != '$' || !name[1])
		return false;
	switch (machine) {
	case EM_ARM:
		return strchr("atd", name[1]) && (!name[2] || name[2] == '.');
	case EM_AARCH64:
	case 258: /* EM_LOONGARCH */
		return strchr("xd", name[1]) && (!name[2] || name[2] == '.');
	case EM_RISCV:
		return name[1] == 'x' ||
		       (name[1] == 'd' && (!name[2] || name[2] == '.'));
	default:
		return false;
	}
}

int elf_symbols_mark(struct elf_reading *in, struct err *e)
{
	struct elf_table t;
	int r;

	in->has_symbol = arena_calloc(&in->record->arena, in->shnum + 1,
				      sizeof(*in->has_symbol));
	if (!in->has_symbol)
		return err_nomem(e);
	if (!in->symtab)
		return 0;
	r = elf_table_open(in, &t, e);
	if (r < 0)
		return r;
	for (size_t i = 1; i < t.count; i++) {
		size_t section;
		GElf_Sym sym;

		r = elf_table_symbol(&t, i, &sym, &section, e);
		if (r < 0)
			return r;
		if (GELF_ST_TYPE(sym.st_info) == STT_FILE) {
			in->record->nfiles++;
			continue;
		}
		if (GELF_ST_TYPE(sym.st_info) == STT_SECTION)
			continue;
		if (!elf_table_reserved(&sym) && section < in->shnum)
			in->has_symbol[section] = true;
		in->nwanted++;
	}
	return 0;
}

/* Strings are copied one by one: many symbols of an object share nothing,
 * and a pointer into libelf's buffer would not outlive elf_end. */
static int fill_symbol(struct elf_reading *in, const struct elf_table *t,
		       const GElf_Sym *sym, size_t section,
		       struct obj_symbol *s, struct err *e)
{
	const char *name = elf_strptr(in->elf, t->strtab, sym->st_name);

	if (!name)
		return err_set(e, ERR_FORMAT, "damaged name of a symbol");
	s->type = GELF_ST_TYPE(sym->st_info);
	s->bind = GELF_ST_BIND(sym->st_info);
	s->visibility = GELF_ST_VISIBILITY(sym->st_other);
	s->value = sym->st_value;
	s->size = sym->st_size;
	s->file = UINT32_MAX;
	if (sym->st_shndx == SHN_COMMON)
		s->section = SYM_SECTION_COMMON;
	else if (elf_table_reserved(sym))
		s->section = SYM_SECTION_ABS;
	else if (section == SHN_UNDEF)
		s->section = SYM_SECTION_UNDEF;
	else if (section >= in->shnum)
		return err_set(e, ERR_FORMAT,
			       "damaged symbol: section %zu of %zu", section,
			       in->shnum);
	else
		s->section = in->to_record[section];
	if (t->arm && s->type == STT_FUNC && SYM_IN_SECTION(s)) {
		s->thumb = s->value & 1;
		s->value &= ~(uint64_t)1;
	}
	s->name = elf_copy_name(in, name, e);
	if (!s->name)
		return -(int)e->code;
	s->norm = strip_counters(&in->record->arena, s->name);
	return s->norm ? 0 : err_nomem(e);
}

static int compare_symbols(const void *pa, const void *pb)
{
	const struct obj_symbol *a = pa, *b = pb;

	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	if (a->size != b->size)
		return a->size > b->size ? -1 : 1;
	return strcmp(a->norm, b->norm);
}

static int compare_marks(const void *pa, const void *pb)
{
	const struct elf_mark *a = pa, *b = pb;

	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	return a->value < b->value ? -1 : a->value > b->value;
}

static void add_mark(struct elf_reading *in, const struct obj_symbol *s)
{
	if (in->marks && SYM_IN_SECTION(s))
		in->marks[in->nmarks++] = (struct elf_mark){
			s->section,
			s->name[1],
			s->value,
		};
}

static int add_file(struct elf_reading *in, const struct elf_table *t,
		    const GElf_Sym *sym, struct err *e)
{
	struct object_record *r = in->record;
	const char *name = elf_strptr(in->elf, t->strtab, sym->st_name);

	if (!name)
		return err_set(e, ERR_FORMAT, "damaged name of a source file");
	name = elf_copy_name(in, name, e);
	if (!name)
		return -(int)e->code;
	r->files[r->nfiles++] = name;
	return 0;
}

static int read_one(struct elf_reading *in, const struct elf_table *t, size_t i,
		    bool undefined, struct err *e)
{
	struct object_record *r = in->record;
	struct obj_symbol *s = &r->symbols[r->nsymbols];
	size_t section;
	GElf_Sym sym;
	int ret = elf_table_symbol(t, i, &sym, &section, e);

	if (ret < 0)
		return ret;
	if (GELF_ST_TYPE(sym.st_info) == STT_FILE)
		return add_file(in, t, &sym, e);
	if (GELF_ST_TYPE(sym.st_info) == STT_SECTION)
		return 0;
	if (section == SHN_UNDEF && !elf_table_reserved(&sym) && !undefined)
		return 0;
	memset(s, 0, sizeof(*s));
	ret = fill_symbol(in, t, &sym, section, s, e);
	if (ret < 0)
		return ret;
	if (is_mapping(r->machine, s->name)) {
		add_mark(in, s);
		return 0;
	}
	if (s->bind == STB_LOCAL && r->nfiles > 0)
		s->file = (uint32_t)(r->nfiles - 1);
	if (s->section == SYM_SECTION_COMMON)
		r->common += s->size;
	r->nsymbols++;
	return 0;
}

int elf_symbols_read(struct elf_reading *in, bool undefined, struct err *e)
{
	struct object_record *r = in->record;
	struct elf_table t;
	int ret;

	if (!in->symtab)
		return 0;
	ret = elf_table_open(in, &t, e);
	if (ret < 0)
		return ret;
	r->files = arena_calloc(&r->arena, r->nfiles + 1, sizeof(*r->files));
	r->symbols = arena_calloc(&r->arena, in->nwanted + 1,
				  sizeof(*r->symbols));
	if (t.arm)
		in->marks = arena_calloc(&r->arena, in->nwanted + 1,
					 sizeof(*in->marks));
	if (!r->files || !r->symbols || (t.arm && !in->marks))
		return err_nomem(e);
	r->nfiles = 0;
	for (size_t i = 1; i < t.count; i++) {
		ret = read_one(in, &t, i, undefined, e);
		if (ret < 0)
			return ret;
	}
	qsort(r->symbols, r->nsymbols, sizeof(*r->symbols), compare_symbols);
	if (in->nmarks)
		qsort(in->marks, in->nmarks, sizeof(*in->marks), compare_marks);
	return 0;
}
