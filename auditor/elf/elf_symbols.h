/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The symbol table's part of elf_object.c; nobody else includes this.
 */
#ifndef ELF_ELF_SYMBOLS_H
#define ELF_ELF_SYMBOLS_H

#include "elf/reading.h"

/* in->symtab must be there. */
int elf_table_open(struct elf_reading *in, struct elf_table *ret,
		   struct err *e);

/* *ret_section: its section's index in the file, where it is in one. */
int elf_table_symbol(const struct elf_table *t, size_t i, GElf_Sym *ret,
		     size_t *ret_section, struct err *e);

/* Fills has_symbol. */
int elf_symbols_mark(struct elf_reading *in, struct err *e);

/* Fills record->symbols and files, and marks, all sorted. */
int elf_symbols_read(struct elf_reading *in, bool undefined, struct err *e);

#endif
