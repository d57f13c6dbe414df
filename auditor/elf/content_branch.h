/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calls and jumps that the assembler resolved: from one function to another
 * of its section there is no relocation, and how far it is says nothing.
 * Private to elf/contents.c.
 */
#ifndef ELF_CONTENT_BRANCH_H
#define ELF_CONTENT_BRANCH_H

#include <stdbool.h>
#include <stdint.h>

#include "model/object.h"

struct content_branch {
	uint64_t field;	       /* offset in the section of what says how far */
	unsigned char mask[8]; /* its bits there, as in the file */
	uint64_t to;	       /* offset in the section */
};

/* How many bytes from one place where there may be one to the next; 0: the
 * machine's branches are not known. */
unsigned int content_branch_step(const struct object_record *r,
				 const struct obj_symbol *of);

/* What is at offset at of the code of a function that ends at end, if it is a
 * branch; bytes of another instruction may look like one. */
bool content_branch_at(const struct object_record *r,
		       const struct obj_symbol *of, const unsigned char *code,
		       uint64_t at, uint64_t end, struct content_branch *ret);

#endif
