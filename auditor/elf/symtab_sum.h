/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much a symbol table and its names take, section by section.  Nobody
 * outside of elf/ includes this.
 */
#ifndef ELF_SYMTAB_SUM_H
#define ELF_SYMTAB_SUM_H

#include "elf/reading.h"

/* Fills record->symtab; known stays false where the file is stripped. */
int elf_symtab_sum(struct elf_reading *in, struct err *e);

#endif
