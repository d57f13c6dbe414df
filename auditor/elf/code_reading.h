/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An object while it is read for the search for messages.  Private to elf/.
 */
#ifndef ELF_CODE_READING_H
#define ELF_CODE_READING_H

#include <stdbool.h>
#include <libelf.h>

#include "code/code_object.h"

struct code_reading {
	Elf *elf;
	struct code_object *o;
	size_t shnum, shstrndx;
	uint64_t left; /* bytes that may still be read */
	uint16_t machine;
	Elf_Scn *symtab;
};

/* Takes size bytes from what may still be read. */
static inline bool code_may_read(struct code_reading *r, uint64_t size)
{
	if (size > r->left)
		return false;
	r->left -= size;
	return true;
}

#endif
