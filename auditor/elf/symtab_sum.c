/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/symtab_sum.h"

#include <string.h>

#include "elf/elf_symbols.h"

/* Names may be shared, but each is copied: a million symbols with one long
 * name must not take long. */
#define NAMES_MAX ((uint64_t)1 << 32)

static void set_sizes(struct elf_reading *in, struct obj_symtab *t)
{
	GElf_Shdr sh, strings;

	if (gelf_getshdr(in->symtab, &sh)) {
		t->entry = sh.sh_entsize;
		t->align = sh.sh_addralign ? sh.sh_addralign : 1;
		if (gelf_getshdr(elf_getscn(in->elf, sh.sh_link), &strings))
			t->strings = strings.sh_size;
	}
	for (size_t i = 0; i < in->shnum; i++)
		if (in->all[i].name &&
		    strncmp(in->all[i].name, ".klp.rela.", 10) == 0)
			t->livepatch = true;
}

static int add_symbol(struct elf_reading *in, const struct elf_table *table,
		      size_t i, struct obj_symtab *t, struct err *e)
{
	uint32_t section = SYM_SECTION_UNDEF;
	const char *name;
	size_t index, len;
	GElf_Sym sym;
	int r = elf_table_symbol(table, i, &sym, &index, e);

	if (r < 0)
		return r;
	name = elf_strptr(in->elf, table->strtab, sym.st_name);
	if (!name)
		return err_set(e, ERR_FORMAT, "damaged name of a symbol");
	len = strlen(name) + 1;
	if ((t->name_bytes += len) > NAMES_MAX)
		return err_set(e, ERR_FORMAT,
			       "the names of its symbols have an absurd size");
	/* As the kernel, which knows no long index. */
	if (sym.st_name && sym.st_shndx != SHN_UNDEF &&
	    sym.st_shndx < in->shnum)
		section = in->to_record[sym.st_shndx];
	if (section == SYM_SECTION_UNDEF)
		return 0;
	t->names[section].count++;
	t->names[section].bytes += len;
	return 0;
}

int elf_symtab_sum(struct elf_reading *in, struct err *e)
{
	struct obj_symtab t = { .known = true };
	struct elf_table table;
	int r;

	if (!in->symtab)
		return 0;
	t.names = arena_calloc(&in->record->arena, in->record->nsections + 1,
			       sizeof(*t.names));
	if (!t.names)
		return err_nomem(e);
	r = elf_table_open(in, &table, e);
	set_sizes(in, &t);
	t.count = r == 0 ? table.count : 0;
	for (size_t i = 0; i < t.count && r == 0; i++)
		r = add_symbol(in, &table, i, &t, e);
	if (r == 0)
		in->record->symtab = t;
	return r;
}
