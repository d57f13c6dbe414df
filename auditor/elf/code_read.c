/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/code_read.h"

#include <stdlib.h>
#include <string.h>

#include <gelf.h>
#include <libelf.h>

#include "elf/bounds.h"
#include "elf/code_reading.h"
#include "elf/code_relocs.h"
#include "elf/code_symbols.h"
#include "elf/isa.h"
#include "support/digest.h"

/* An object is read at most so far: no kernel's has more to be loaded. */
#define CODE_READ_MAX ((uint64_t)64 << 20)

static int damaged(struct err *e, const char *what)
{
	return err_set(e, ERR_FORMAT, "damaged: %s", what);
}

static const unsigned char *copy_of(struct code_reading *r, Elf_Scn *scn,
				    uint64_t size)
{
	Elf_Data *d = elf_rawdata(scn, NULL);
	unsigned char *copy;

	if (!d || !d->d_buf || d->d_size != size)
		return NULL;
	copy = arena_alloc(&r->o->arena, size);
	if (copy)
		memcpy(copy, d->d_buf, size);
	return copy;
}

/* Tables whose relocations are read, besides those of code. */
static bool speaks_of_code(const char *name)
{
	static const char *const tables[] = { "__jump_table", "__ex_table",
					      "__bug_table", ".printk_index",
					      "__dyndbg" };

	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		if (strcmp(name, tables[i]) == 0)
			return true;
	return false;
}

/* Jump tables of switches, and entries of .printk_index. */
static bool has_tables(const char *name)
{
	return strncmp(name, ".rodata", 7) == 0 ||
	       strncmp(name, ".init.rodata", 12) == 0 || speaks_of_code(name);
}

/* What is never looked into: large, and no text or table of code. */
static bool is_wanted(const char *name, const GElf_Shdr *sh)
{
	if (!(sh->sh_flags & SHF_ALLOC) || sh->sh_type == SHT_NOBITS)
		return false;
	if (sh->sh_type != SHT_PROGBITS)
		return false;
	if (speaks_of_code(name))
		return true;
	/* Data that is written to is no text and no table of code. */
	return !(sh->sh_flags & SHF_WRITE) && strncmp(name, ".orc_", 5) != 0 &&
	       strncmp(name, "__ksymtab", 9) != 0 &&
	       strcmp(name, "__mcount_loc") != 0;
}

static int read_section(struct code_reading *r, Elf_Scn *scn, size_t index,
			struct err *e)
{
	struct code_section *s = &r->o->sections[index];
	const char *name;
	GElf_Shdr sh;

	if (!gelf_getshdr(scn, &sh) ||
	    !(name = elf_strptr(r->elf, r->shstrndx, sh.sh_name)))
		return damaged(e, "a section header");
	s->name = arena_strdup(&r->o->arena, name);
	if (!s->name)
		return err_nomem(e);
	s->size = sh.sh_size;
	s->align = sh.sh_addralign ? sh.sh_addralign : 1;
	s->entsize = sh.sh_entsize;
	s->alloc = sh.sh_flags & SHF_ALLOC;
	s->code = s->alloc && sh.sh_flags & SHF_EXECINSTR;
	/* What can be executed is read as code, whatever else it says. */
	s->strings = !s->code && sh.sh_flags & SHF_MERGE &&
		     sh.sh_flags & SHF_STRINGS;
	if (sh.sh_type == SHT_SYMTAB)
		r->symtab = scn;
	if (!is_wanted(name, &sh) || !sh.sh_size)
		return 0;
	if (!code_may_read(r, sh.sh_size))
		return err_set(e, ERR_FORMAT, "too large to look for messages");
	s->bytes = copy_of(r, scn, sh.sh_size);
	return s->bytes ? 0 : damaged(e, "a section cannot be read");
}

static int read_sections(struct code_reading *r, struct err *e)
{
	Elf_Scn *scn = NULL;
	int ret = 0;

	r->o->sections = arena_calloc(&r->o->arena, r->shnum + 1,
				      sizeof(*r->o->sections));
	if (!r->o->sections)
		return err_nomem(e);
	r->o->nsections = r->shnum;
	while (ret == 0 && (scn = elf_nextscn(r->elf, scn))) {
		size_t index = elf_ndxscn(scn);

		if (index && index < r->shnum)
			ret = read_section(r, scn, index, e);
	}
	return ret;
}

/* ---- relocations ---- */

static int compare_relocs(const void *pa, const void *pb)
{
	const struct code_reloc *a = pa, *b = pb;

	return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static int read_relocs(struct code_reading *r, Elf_Scn *scn,
		       const GElf_Shdr *sh, struct err *e)
{
	struct code_section *s = &r->o->sections[sh->sh_info];
	bool rela = sh->sh_type == SHT_RELA, sorted = true;
	size_t entry = gelf_fsize(r->elf, rela ? ELF_T_RELA : ELF_T_REL, 1,
				  EV_CURRENT),
	       count;
	Elf_Data *d;

	if (!s->bytes || (!s->code && !has_tables(s->name)) || s->relocs)
		return 0;
	if (!entry || sh->sh_entsize != entry ||
	    !code_may_read(r, sh->sh_size) || !(d = elf_getdata(scn, NULL)))
		return damaged(e, "relocations");
	count = d->d_size / entry;
	s->relocs = arena_calloc(&r->o->arena, count + 1, sizeof(*s->relocs));
	if (!s->relocs)
		return err_nomem(e);
	for (size_t i = 0; i < count && i < INT32_MAX; i++) {
		struct code_reloc *to = &s->relocs[s->nrelocs];
		GElf_Rela a = { 0 };
		GElf_Rel l;

		if (rela) {
			if (!gelf_getrela(d, (int)i, &a))
				continue;
		} else {
			if (!gelf_getrel(d, (int)i, &l))
				continue;
			a.r_offset = l.r_offset;
			a.r_info = l.r_info;
		}
		if (GELF_R_SYM(a.r_info) >= r->o->nsymbols ||
		    a.r_offset >= s->size || a.r_offset > UINT32_MAX)
			continue;
		*to = (struct code_reloc){
			.offset = (uint32_t)a.r_offset,
			.symbol = (uint32_t)GELF_R_SYM(a.r_info),
			.addend = (int32_t)a.r_addend,
		};
		/* No place of an object is so far away. */
		if (to->addend != a.r_addend)
			continue;
		code_reloc_meaning(r->o->isa, (uint32_t)GELF_R_TYPE(a.r_info),
				   to);
		if (to->size > s->size - to->offset)
			continue;
		if (!rela)
			to->addend = (int32_t)code_rel_addend(
				s->bytes + to->offset,
				(uint32_t)GELF_R_TYPE(a.r_info), to,
				r->o->big_endian);
		if (s->nrelocs && to[-1].offset > to->offset)
			sorted = false;
		s->nrelocs++;
	}
	if (!sorted)
		qsort(s->relocs, s->nrelocs, sizeof(*s->relocs),
		      compare_relocs);
	return 0;
}

static int read_all_relocs(struct code_reading *r, struct err *e)
{
	Elf_Scn *scn = NULL;
	int ret = 0;

	while (ret == 0 && (scn = elf_nextscn(r->elf, scn))) {
		GElf_Shdr sh;

		if (gelf_getshdr(scn, &sh) &&
		    (sh.sh_type == SHT_REL || sh.sh_type == SHT_RELA) &&
		    sh.sh_info > 0 && sh.sh_info < r->shnum && sh.sh_size)
			ret = read_relocs(r, scn, &sh, e);
	}
	return ret;
}

/* ---- the hash of it ---- */

/* Numbers are gathered: the hash takes many at a time faster. */
struct feeder {
	struct digest h;
	unsigned char bytes[1024];
	size_t used;
};

static void flush(struct feeder *f)
{
	digest_add(&f->h, f->bytes, f->used);
	f->used = 0;
}

static void feed(struct feeder *f, uint64_t v)
{
	if (f->used == sizeof(f->bytes))
		flush(f);
	for (size_t i = 0; i < sizeof(v); i++)
		f->bytes[f->used++] = (unsigned char)(v >> (8 * i));
}

static void feed_bytes(struct feeder *f, const void *bytes, size_t len)
{
	flush(f);
	digest_add(&f->h, bytes, len);
}

static void feed_section(struct feeder *f, const struct code_section *s)
{
	feed(f, s->size);
	feed(f, s->align << 3 | (uint64_t)s->code << 2 |
			(uint64_t)s->strings << 1 | s->alloc);
	if (s->bytes)
		feed_bytes(f, s->bytes, s->size);
	feed(f, s->nrelocs);
	for (size_t i = 0; i < s->nrelocs; i++) {
		const struct code_reloc *q = &s->relocs[i];

		feed(f, (uint64_t)q->offset << 32 | q->symbol);
		feed(f, (uint64_t)q->addend);
		feed(f, (uint64_t)q->kind << 8 | q->size);
	}
}

static int hash(struct code_object *o, struct err *e)
{
	struct feeder f = { .used = 0 };

	if (digest_begin(&f.h, e))
		return -(int)e->code;
	feed(&f, (uint64_t)o->isa << 1 | o->big_endian);
	for (size_t i = 0; i < o->nsections; i++)
		if (o->sections[i].alloc) {
			feed(&f, i);
			feed_section(&f, &o->sections[i]);
		}
	for (size_t i = 0; i < o->nsymbols; i++) {
		const struct code_symbol *s = &o->symbols[i];

		feed_bytes(&f, s->name, strlen(s->name) + 1);
		feed(&f, (uint64_t)s->section << 2 |
				 (uint64_t)s->function << 1 | s->global);
		feed(&f, s->value);
		feed(&f, s->size);
	}
	flush(&f);
	digest_end(&f.h, o->content);
	return 0;
}

static int read_object(struct code_reading *r, struct err *e)
{
	GElf_Ehdr eh;
	int ret;

	if (elf_kind(r->elf) != ELF_K_ELF || !gelf_getehdr(r->elf, &eh) ||
	    elf_getshdrnum(r->elf, &r->shnum) != 0 ||
	    elf_getshdrstrndx(r->elf, &r->shstrndx) != 0)
		return damaged(e, "the ELF header");
	r->machine = eh.e_machine;
	r->o->big_endian = eh.e_ident[EI_DATA] == ELFDATA2MSB;
	r->o->isa = eh.e_type == ET_REL ? isa_of_machine(eh.e_machine)
					: ISA_NONE;
	if (r->o->isa == ISA_NONE || r->shnum > ELF_SECTIONS_MAX)
		return 0;
	if ((ret = read_sections(r, e)) == 0 &&
	    (ret = code_symbols_read(r, e)) == 0 &&
	    (ret = code_functions_find(r->o, e)) == 0 &&
	    (ret = read_all_relocs(r, e)) == 0)
		ret = hash(r->o, e);
	return ret;
}

int elf_code_read(int fd, struct code_object *ret, struct err *e)
{
	struct code_object o = { .arena = ARENA_INIT };
	struct code_reading r = { .o = &o, .left = CODE_READ_MAX };
	int err = elf_check_sections(fd, NULL, 0, e);

	if (err < 0)
		return err;
	r.elf = elf_begin(fd, ELF_C_READ, NULL);
	err = r.elf ? read_object(&r, e) : damaged(e, "the ELF header");
	if (r.elf)
		elf_end(r.elf);
	if (err < 0)
		code_object_release(&o);
	else
		*ret = o;
	return err;
}
