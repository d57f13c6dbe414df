/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a relocation leads to, said without its place in the object.  Private
 * to elf/contents.c.
 */
#ifndef ELF_CONTENT_TARGET_H
#define ELF_CONTENT_TARGET_H

#include "elf/content_load.h"

#define NO_CANDIDATE UINT32_MAX

struct content_target {
	bool known;
	uint64_t what[3];   /* name, or content, and the place in it */
	uint32_t candidate; /* whose content counts, too; or NO_CANDIDATE */
};

/*
 * The target of r, which is in that symbol of that section.  Of REL files mask
 * gets the bits of the place that the addend takes up, where the target says
 * them: up to 8 bytes, as in the file.  Errors are those of content_load.
 */
int content_target_find(struct content_work *w, uint32_t section,
			const struct obj_symbol *of,
			const struct content_reloc *r,
			struct content_target *ret, unsigned char mask[8],
			struct err *e);

/* The function that begins there; false where none does. */
bool content_target_entry(struct content_work *w, uint32_t section, uint64_t at,
			  struct content_target *ret);

#endif
