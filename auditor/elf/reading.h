/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An ELF file while it is read: what elf_object.c, its symbols and its bounds share.
 */
#ifndef ELF_READING_H
#define ELF_READING_H

#include <stdbool.h>

#include <gelf.h>
#include <libelf.h>

#include "model/object.h"
#include "support/err.h"

/* ARM's mapping symbols: what the bytes from here on are. */
struct elf_mark {
	uint32_t section; /* index in record->sections */
	char kind;	  /* 'a' ARM code, 't' Thumb code, 'd' data */
	uint64_t value;
};

/* A file being read.  Arrays are in the record's arena, indexed by the ELF
 * section index. */
struct elf_reading {
	struct object_record *record;
	Elf *elf;
	uint64_t file_size;
	uint64_t may_read, names_len; /* bytes, see elf/bounds.h */
	size_t shnum, shstrndx;
	struct obj_section *all;
	bool small;	     /* ELF_WANT_SMALL: what is refused is read later */
	bool table_allowed;  /* the symbols' size was checked */
	bool *was_read;	     /* the section's size was taken once */
	Elf_Scn *symtab;     /* NULL: stripped */
	Elf_Scn *extended;   /* SHT_SYMTAB_SHNDX, or NULL */
	bool *has_symbol;    /* a symbol is defined in the section */
	uint32_t *to_record; /* index in record->sections */
	size_t nwanted;	     /* symbols that elf_symbols_read will keep */
	struct elf_mark *marks; /* ARM only; by section and value */
	size_t nmarks;
};

/* The symbol table as libelf gives it. */
struct elf_table {
	Elf_Data *symbols, *extended; /* extended: SHN_XINDEX, or NULL */
	size_t count, strtab;
	bool arm;
};

/* Absolute, COMMON or some machine's own: not in a section. */
static inline bool elf_table_reserved(const GElf_Sym *sym)
{
	return sym->st_shndx >= SHN_LORESERVE && sym->st_shndx != SHN_XINDEX;
}

#endif
