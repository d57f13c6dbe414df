/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is read of a file to know what its functions and constants contain:
 * sections and their relocations, each once and within bounds.  Private to
 * elf/contents.c.
 */
#ifndef ELF_CONTENT_LOAD_H
#define ELF_CONTENT_LOAD_H

#include "elf/reading.h"

struct content_reloc {
	uint64_t offset;
	uint32_t type, symbol;
	int64_t addend; /* 0 where it is stored in the place itself */
};

/* Read when first needed. */
struct content_section {
	bool loaded;
	const unsigned char *bytes;   /* NULL: there are none, or too many */
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

/* ERR_NOMEM; ERR_FORMAT where a file that is read as a small one is not. */
int content_load(struct content_work *w, uint32_t section,
		 struct content_section **ret, struct err *e);

/* n of what the file may take; false where it has not so much left. */
bool content_spend(struct content_work *w, uint64_t n);

uint64_t content_hash(const void *p, size_t len);
uint64_t content_hash_words(uint64_t *words, size_t n);

/* Index of the first relocation at or after a place; nrelocs: none. */
size_t content_reloc_from(const struct content_section *s, uint64_t at);

#endif
