/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/elf_sections.h"

#include <string.h>

#include "elf/bounds.h"
#include "elf/classify.h"

static int read_section(struct elf_reading *in, Elf_Scn *scn, size_t index,
			struct err *e)
{
	struct obj_section *s = &in->all[index];
	const char *name;
	GElf_Shdr sh;

	if (!gelf_getshdr(scn, &sh))
		return err_set(e, ERR_FORMAT, "damaged section header %zu: %s",
			       index, elf_errmsg(-1));
	name = elf_strptr(in->elf, in->shstrndx, sh.sh_name);
	if (!name)
		return err_set(e, ERR_FORMAT, "damaged name of section %zu",
			       index);
	if (sh.sh_type != SHT_NOBITS && sh.sh_type != SHT_NULL &&
	    (sh.sh_offset > in->file_size ||
	     sh.sh_size > in->file_size - sh.sh_offset))
		return err_set(e, ERR_FORMAT,
			       "truncated: section %zu ends past the file",
			       index);
	/* Sums of sizes must not wrap; no kernel is that large. */
	if (sh.sh_size > UINT64_MAX / 2 / (in->shnum + 1))
		return err_set(e, ERR_FORMAT, "section %zu has an absurd size",
			       index);
	s->name = elf_copy_name(in, name, e);
	if (!s->name)
		return -(int)e->code;
	s->index = (uint32_t)index;
	s->type = sh.sh_type;
	s->flags = sh.sh_flags;
	s->addr = sh.sh_addr;
	s->size = sh.sh_size;
	s->align = sh.sh_addralign ? sh.sh_addralign : 1;
	s->entsize = sh.sh_entsize;
	s->cls = classify_section(name, sh.sh_type, sh.sh_flags);
	if ((sh.sh_type == SHT_REL || sh.sh_type == SHT_RELA) && sh.sh_size &&
	    sh.sh_info > 0 && sh.sh_info < in->shnum)
		in->all[sh.sh_info].has_relocs = true;
	if (sh.sh_type == SHT_SYMTAB)
		in->symtab = scn;
	/* elf_scnshndx knows it only where libelf has mapped the file. */
	if (sh.sh_type == SHT_SYMTAB_SHNDX)
		in->extended = scn;
	return 0;
}

int elf_sections_read(struct elf_reading *in, struct err *e)
{
	Elf_Scn *scn = NULL;
	int r;

	in->all = arena_calloc(&in->record->arena, in->shnum + 1,
			       sizeof(*in->all));
	in->was_read = arena_calloc(&in->record->arena, in->shnum + 1,
				    sizeof(*in->was_read));
	if (!in->all || !in->was_read)
		return err_nomem(e);
	while ((scn = elf_nextscn(in->elf, scn))) {
		size_t index = elf_ndxscn(scn);

		if (index == 0 || index >= in->shnum)
			continue;
		r = read_section(in, scn, index, e);
		if (r < 0)
			return r;
	}
	return 0;
}

/*
 * What binutils' size adds up in Berkeley format: allocated sections only;
 * code and whatever is not writable is text, the rest is data where the file
 * has its bytes and bss where not.
 */
static void add_berkeley(struct object_record *r, const struct obj_section *s)
{
	if (!(s->flags & SHF_ALLOC))
		return;
	if ((s->flags & SHF_EXECINSTR) || !(s->flags & SHF_WRITE))
		r->text += s->size;
	else if (s->type != SHT_NOBITS)
		r->data += s->size;
	else
		r->bss += s->size;
}

int elf_sections_keep(struct elf_reading *in, struct err *e)
{
	struct object_record *r = in->record;

	in->to_record = arena_calloc(&r->arena, in->shnum + 1,
				     sizeof(*in->to_record));
	r->sections = arena_calloc(&r->arena, in->shnum + 1,
				   sizeof(*r->sections));
	if (!in->to_record || !r->sections)
		return err_nomem(e);
	for (size_t i = 0; i < in->shnum; i++) {
		const struct obj_section *s = &in->all[i];

		in->to_record[i] = SYM_SECTION_UNDEF;
		if (!s->name || s->type == SHT_NULL)
			continue;
		r->has_lines |= strcmp(s->name, ".debug_line") == 0;
		if (!(s->flags & SHF_ALLOC) &&
		    !(in->has_symbol && in->has_symbol[i]))
			continue;
		in->to_record[i] = (uint32_t)r->nsections;
		r->sections[r->nsections++] = *s;
		add_berkeley(r, s);
	}
	return 0;
}

int elf_sections_merged(struct elf_reading *in, struct err *e)
{
	struct object_record *r = in->record;

	for (size_t i = 0; i < r->nsections; i++) {
		struct obj_section *s = &r->sections[i];
		Elf_Data *d;
		unsigned char *copy;

		/* The linker drops a repeated entry of an exception index,
		 * too; 0x70000001 means it on ARM only. */
		if ((!(s->flags & SHF_MERGE) &&
		     (r->machine != EM_ARM || s->type != SHT_ARM_EXIDX)) ||
		    !(s->flags & SHF_ALLOC) || s->type == SHT_NOBITS ||
		    s->size == 0)
			continue;
		if (!elf_may_read_once(in, s->index))
			return err_set(e, ERR_FORMAT,
				       "section '%s' has an absurd size",
				       s->name);
		d = elf_rawdata(elf_getscn(in->elf, s->index), NULL);
		if (!d || !d->d_buf || d->d_size != s->size)
			return err_set(e, ERR_FORMAT,
				       "truncated: section '%s' cannot be read",
				       s->name);
		copy = arena_alloc(&r->arena, d->d_size);
		if (!copy)
			return err_nomem(e);
		memcpy(copy, d->d_buf, d->d_size);
		s->content = copy;
	}
	return 0;
}
