/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sections of a file being read.  Private to elf/.
 *
 * Functions return 0 or a negative error with *e filled: ERR_FORMAT where the
 * file is damaged or claims what no kernel has, ERR_NOMEM.
 */
#ifndef ELF_ELF_SECTIONS_H
#define ELF_ELF_SECTIONS_H

#include "elf/reading.h"

/* All of the file's, into in->all; notes which are the symbol tables. */
int elf_sections_read(struct elf_reading *in, struct err *e);

/* Keeps those that are recorded, adds up text, data and bss as binutils size
 * does, and fills in->to_record.  After in->has_symbol. */
int elf_sections_keep(struct elf_reading *in, struct err *e);

/* Reads the bytes of recorded sections whose equal entries the linker merges
 * or drops. */
int elf_sections_merged(struct elf_reading *in, struct err *e);

#endif
