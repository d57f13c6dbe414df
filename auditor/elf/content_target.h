/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a relocation leads to, said without its place in the object.  Private
 * to elf/contents.c.
 */
#ifndef ELF_CONTENT_TARGET_H
#define ELF_CONTENT_TARGET_H

#include "elf/reading.h"

#define NO_CANDIDATE UINT32_MAX

struct content_reloc {
	uint64_t offset;
	uint32_t type, symbol;
	int64_t addend; /* 0 where it stands in the place */
};

/* Read when first needed. */
struct content_section {
	bool loaded;
	const unsigned char *bytes; /* NULL: there are none, or too many */
	struct content_reloc *relocs; /* malloc'ed */
	size_t nrelocs;
	Elf_Scn *reloc_section; /* NULL: none */
	bool in_place;		/* the addends are: SHT_REL */
	uint32_t first_symbol;	/* of the record, and of the next section's */
};

struct content_work {
	struct elf_reading *in;
	struct elf_table table;
	struct content_section *sections; /* as the record's, and one more */
	uint64_t left; /* bytes and steps that this file may still take */
};

struct content_target {
	bool known;
	uint64_t what[3];   /* name, or content, and the place in it */
	uint32_t candidate; /* whose content counts, too; or NO_CANDIDATE */
};

/* ERR_NOMEM; ERR_FORMAT where a file that is read as a small one is not. */
int content_load(struct content_work *w, uint32_t section,
		 struct content_section **ret, struct err *e);

/* n of what the file may take; false where it has not so much left. */
bool content_spend(struct content_work *w, uint64_t n);

uint64_t content_hash(const void *p, size_t len);
uint64_t content_hash_words(uint64_t *words, size_t n);

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

/* Index of the first relocation at or after a place; nrelocs: none. */
size_t content_reloc_from(const struct content_section *s, uint64_t at);

#endif
