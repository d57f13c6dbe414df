/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an object's sections need of each other and of other objects: its
 * relocations, as the linker's --gc-sections follows them.
 */
#ifndef ELF_REFERENCES_H
#define ELF_REFERENCES_H

#include "support/err.h"

struct elf_reading;

/* Fills the record's references.  After elf_symbols_read; for elf_object.c. */
int references_read(struct elf_reading *in, struct err *e);

#endif
