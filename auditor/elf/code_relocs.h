/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the machines' relocations mean (code/code_object.h).  Nobody outside
 * of elf/ includes this.
 */
#ifndef ELF_CODE_RELOCS_H
#define ELF_CODE_RELOCS_H

#include "code/code_object.h"

/* Fills kind and size of *to. */
void code_reloc_meaning(enum code_isa isa, uint32_t type,
			struct code_reloc *to);

/* Of REL files: the addend, which is stored in the place itself. */
int64_t code_rel_addend(const unsigned char *p, uint32_t type,
			const struct code_reloc *r, bool big_endian);

#endif
