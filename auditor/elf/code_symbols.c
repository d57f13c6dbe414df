/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/code_symbols.h"

#include <stdlib.h>
#include <string.h>

#include <gelf.h>

/* ---- symbols ---- */

static bool is_mark(const struct code_reading *r, const GElf_Sym *sym,
		    const char *name)
{
	const char *kinds = r->machine == EM_ARM       ? "atd"
			    : r->machine == EM_AARCH64 ? "xd"
						       : "";

	return GELF_ST_TYPE(sym->st_info) == STT_NOTYPE && name[0] == '$' &&
	       name[1] && strchr(kinds, name[1]) &&
	       (!name[2] || name[2] == '.');
}

static int take_symbol(struct code_reading *r, const GElf_Sym *sym,
		       const char *name, struct code_symbol *to)
{
	uint8_t type = GELF_ST_TYPE(sym->st_info);

	to->name = "";
	if (*name &&
	    (type == STT_FUNC || sym->st_shndx == SHN_UNDEF ||
	     GELF_ST_BIND(sym->st_info) != STB_LOCAL) &&
	    !(to->name = arena_strdup(&r->o->arena, name)))
		return -1;
	to->section = sym->st_shndx > SHN_UNDEF && sym->st_shndx < r->shnum &&
				      sym->st_shndx < SHN_LORESERVE
			      ? sym->st_shndx
			      : CODE_SECTION_NONE;
	to->function = type == STT_FUNC;
	to->global = GELF_ST_BIND(sym->st_info) != STB_LOCAL;
	to->weak = GELF_ST_BIND(sym->st_info) == STB_WEAK;
	to->value = sym->st_value;
	to->size = sym->st_size;
	if (to->function && r->machine == EM_ARM)
		to->value &= ~(uint64_t)1;
	return 0;
}

static int compare_marks(const void *pa, const void *pb)
{
	const struct code_mark *a = pa, *b = pb;

	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	return a->offset < b->offset ? -1 : a->offset > b->offset;
}

int code_symbols_read(struct code_reading *r, struct err *e)
{
	struct code_object *o = r->o;
	GElf_Shdr sh, strings;
	Elf_Scn *names;
	Elf_Data *d;
	size_t count;

	if (!r->symtab || !gelf_getshdr(r->symtab, &sh))
		return 0;
	names = elf_getscn(r->elf, sh.sh_link);
	if (!names || !gelf_getshdr(names, &strings) ||
	    !code_may_read(r, sh.sh_size) ||
	    !code_may_read(r, strings.sh_size) ||
	    !(d = elf_getdata(r->symtab, NULL)))
		return err_set(e, ERR_FORMAT, "damaged: the symbol table");
	count = d->d_size / gelf_fsize(r->elf, ELF_T_SYM, 1, EV_CURRENT);
	o->symbols = arena_calloc(&o->arena, count + 1, sizeof(*o->symbols));
	o->marks = arena_calloc(&o->arena,
				r->machine == EM_ARM || r->machine == EM_AARCH64
					? count + 1
					: 1,
				sizeof(*o->marks));
	if (!o->symbols || !o->marks)
		return err_nomem(e);
	for (size_t i = 0; i < count && i < INT32_MAX; i++) {
		const char *name;
		GElf_Sym sym;

		if (!gelf_getsym(d, (int)i, &sym) ||
		    !(name = elf_strptr(r->elf, sh.sh_link, sym.st_name)))
			return err_set(e, ERR_FORMAT, "damaged: a symbol");
		if (take_symbol(r, &sym, name, &o->symbols[i]))
			return err_nomem(e);
		if (is_mark(r, &sym, name) &&
		    o->symbols[i].section != CODE_SECTION_NONE)
			o->marks[o->nmarks++] = (struct code_mark){
				sym.st_shndx, sym.st_value, name[1]
			};
	}
	o->nsymbols = count;
	qsort(o->marks, o->nmarks, sizeof(*o->marks), compare_marks);
	return 0;
}

/* ---- functions ---- */

struct sorted {
	const struct code_symbol *s;
	uint32_t index;
};

/* What module_init() and module_exit() call a function besides, in all modules
 * alike: the source has the other name. */
static bool is_module_entry(const struct code_symbol *s)
{
	return strcmp(s->name, "init_module") == 0 ||
	       strcmp(s->name, "cleanup_module") == 0;
}

/* Of aliases the longest comes first, then the global one. */
static int compare_functions(const void *pa, const void *pb)
{
	const struct sorted *x = pa, *y = pb;
	const struct code_symbol *a = x->s, *b = y->s;

	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	if (a->size != b->size)
		return a->size > b->size ? -1 : 1;
	if (is_module_entry(a) != is_module_entry(b))
		return is_module_entry(a) ? 1 : -1;
	if (a->global != b->global)
		return a->global ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static bool is_function(const struct code_object *o,
			const struct code_symbol *s)
{
	return s->function && s->section != CODE_SECTION_NONE && s->size &&
	       o->sections[s->section].code && o->sections[s->section].bytes &&
	       s->value < o->sections[s->section].size &&
	       s->size <= o->sections[s->section].size - s->value;
}

int code_functions_find(struct code_object *o, struct err *e)
{
	struct sorted *list = malloc((o->nsymbols + 1) * sizeof(*list));
	size_t n = 0;

	o->functions = arena_calloc(&o->arena, o->nsymbols + 1,
				    sizeof(*o->functions));
	if (!list || !o->functions) {
		free(list);
		return err_nomem(e);
	}
	for (size_t i = 0; i < o->nsymbols; i++)
		if (is_function(o, &o->symbols[i]))
			list[n++] = (struct sorted){ &o->symbols[i],
						     (uint32_t)i };
	qsort(list, n, sizeof(*list), compare_functions);
	for (size_t i = 0; i < n; i++) {
		const struct code_symbol *s = list[i].s;
		struct code_function *last =
			o->nfunctions ? &o->functions[o->nfunctions - 1] : NULL;

		if (last && last->section == s->section &&
		    last->start == s->value)
			continue;
		o->functions[o->nfunctions++] = (struct code_function){
			s->section, list[i].index, s->value, s->size
		};
	}
	free(list);
	return 0;
}
