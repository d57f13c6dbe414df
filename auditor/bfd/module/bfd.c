/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The module kmemdb-bfd.so: the only file that includes <bfd.h>.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* bfd.h refuses to be included without a config.h. */
#define PACKAGE "kmemdb"
#define PACKAGE_VERSION ""
#include <bfd.h>

#include "bfd/bfd_room.h"

/* Of libiberty's demangle.h, which binutils-dev does not install: print the
 * parameters of functions, and const and the like. */
#define DMGL_PARAMS (1 << 0)
#define DMGL_ANSI (1 << 1)

/* Longer names exist in no compiler's output; recursion is bounded by
 * libiberty itself. */
#define NAME_MAX_BYTES 8192

extern const struct bfd_room kmemdb_module_bfd;

static int fail(struct err *e, const char *name)
{
	return err_set(e, ERR_FORMAT, "libbfd cannot read '%s': %s", name,
		       bfd_errmsg(bfd_get_error()));
}

/* As size(1) of binutils adds up sections. */
static void add_sections(bfd *b, struct second_reading *o)
{
	for (asection *s = b->sections; s; s = s->next) {
		flagword flags = bfd_section_flags(s);
		uint64_t size = bfd_section_size(s);

		if (!(flags & SEC_ALLOC))
			continue;
		if (flags & (SEC_CODE | SEC_READONLY))
			o->text += size;
		else if (flags & SEC_HAS_CONTENTS)
			o->data += size;
		else
			o->bss += size;
	}
}

/*
 * libbfd keeps an ELF symbol's size right after the part of the symbol that
 * its header shows: first st_value, then st_size (elf-bfd.h, which no package
 * installs).  st_value is public in another form, so that every symbol says
 * whether this still holds.
 */
static bool elf_size(const asymbol *s, uint64_t *ret)
{
	const struct {
		bfd_vma st_value, st_size;
	} *elf = (const void *)(s + 1);
	bool common = bfd_is_com_section(s->section);

	*ret = elf->st_size;
	return common ? elf->st_size == s->value
		      : (elf->st_value | 1) ==
				((s->value + s->section->vma) | 1);
}

static bool is_wanted(const asymbol *s)
{
	return s->name && *s->name && !bfd_is_und_section(s->section) &&
	       !(s->flags & (BSF_FILE | BSF_SECTION_SYM));
}

static int add_symbols(bfd *b, const char *name, struct arena *a,
		       struct second_reading *o, struct err *e)
{
	long room = bfd_get_symtab_upper_bound(b), n;
	asymbol **table;

	if (!(bfd_get_file_flags(b) & HAS_SYMS) || room <= 0)
		return room < 0 ? fail(e, name) : 0;
	table = arena_calloc(a, 1, (size_t)room);
	if (!table)
		return err_nomem(e);
	n = bfd_canonicalize_symtab(b, table);
	if (n < 0)
		return fail(e, name);
	o->symbols = arena_calloc(a, (size_t)n + 1, sizeof(*o->symbols));
	if (!o->symbols)
		return err_nomem(e);
	for (long i = 0; i < n; i++) {
		const asymbol *s = table[i];
		struct second_symbol *to = &o->symbols[o->nsymbols];

		if (!is_wanted(s))
			continue;
		if (!elf_size(s, &to->size))
			o->sizes_known = false;
		to->name = arena_strdup(a, s->name);
		to->section = arena_strdup(a, bfd_section_name(s->section));
		to->value = s->value;
		if (!to->name || !to->section)
			return err_nomem(e);
		o->nsymbols++;
	}
	return 0;
}

static int read_object(int fd, const char *name, struct arena *a,
		       struct second_reading *ret, struct err *e)
{
	struct second_reading o = { .sizes_known = true };
	bfd *b;
	int own, r;

	if (bfd_init() != BFD_INIT_MAGIC)
		return err_set(e, ERR_FORMAT,
			       "libbfd is of another version than its header");
	/* libbfd closes its descriptor. */
	own = dup(fd);
	b = own < 0 ? NULL : bfd_fdopenr(name, NULL, own);
	if (!b)
		return fail(e, name);
	if (!bfd_check_format(b, bfd_object)) {
		r = fail(e, name);
	} else {
		add_sections(b, &o);
		r = add_symbols(b, name, a, &o, e);
	}
	bfd_close(b);
	if (r == 0)
		*ret = o;
	return r;
}

static char *demangle(const char *name)
{
	if (strnlen(name, NAME_MAX_BYTES) == NAME_MAX_BYTES)
		return NULL;
	return bfd_demangle(NULL, name, DMGL_PARAMS | DMGL_ANSI);
}

const struct bfd_room kmemdb_module_bfd = { read_object, demangle };
