/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is measured of one ELF file: its sections and symbols, as plain data.
 * elf/ fills it; link/, store/ and the commands read it.  All sizes are
 * bytes.  Everything a record points to lives in its arena.
 */
#ifndef MODEL_OBJECT_H
#define MODEL_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"

/* What a section is, from its flags and its name in the .o.  The numbers are
 * stored in the database: append, never reorder. */
enum section_class {
	CLASS_TEXT = 0,
	CLASS_RODATA,
	CLASS_DATA,
	CLASS_BSS,
	CLASS_PERCPU,
	CLASS_STRINGS, /* SHF_MERGE and SHF_STRINGS */
	CLASS_META,    /* added by tools: .orc_*, __mcount_loc, __ksymtab* */
	CLASS_DEBUG,   /* not allocated: never in memory */
	CLASS_COUNT
};

/* How long a section's memory stays.  Stored: append, never reorder. */
enum section_lifetime {
	LIFETIME_RESIDENT = 0,
	LIFETIME_INIT,	  /* freed after boot (or after a module's init) */
	LIFETIME_DISCARD, /* never reaches the image */
	LIFETIME_COUNT
};

/* obj_symbol.section where the symbol is in no section of the record. */
#define SYM_SECTION_UNDEF UINT32_MAX
#define SYM_SECTION_ABS (UINT32_MAX - 1)
#define SYM_SECTION_COMMON (UINT32_MAX - 2)
#define SYM_IN_SECTION(s) ((s)->section < SYM_SECTION_COMMON)

struct obj_section {
	const char *name;
	uint32_t index; /* in the ELF file's section table */
	uint32_t type;	/* SHT_* */
	uint64_t flags; /* SHF_* */
	uint64_t addr;	/* 0 in a relocatable object */
	uint64_t size;
	uint64_t align;	       /* at least 1 */
	uint64_t entsize;      /* of mergeable sections */
	uint64_t unattributed; /* bytes that no symbol covers */
	enum section_class cls;
	bool has_relocs;
	/* Only with ELF_WANT_MERGE_CONTENT, and only of SHF_MERGE sections
	 * and ARM's exception index; else NULL. */
	const unsigned char *content;
	/* Of executable sections of a record whose return_sites_known is set: the
	 * offsets where a call may return to, as ascending LEB128 differences
	 * (elf/return_sites.h).  NULL and 0 where there are none. */
	const unsigned char *return_sites;
	size_t return_sites_len;
};

struct obj_symbol {
	const char *name;   /* as in the symbol table, suffixes kept */
	const char *norm;   /* the name with counters and line numbers replaced
			     by '#' (model/strip_counters.h); == name where none */
	uint32_t section;   /* index into sections[], or SYM_SECTION_* */
	uint8_t type;	    /* STT_*; never STT_SECTION or STT_FILE */
	uint8_t bind;	    /* STB_* */
	uint8_t visibility; /* STV_* */
	bool thumb;	    /* bit 0 of an ARM function's value was set */
	uint64_t value; /* offset in its section in a .o, address in a linked
			     file; the Thumb bit is cleared. SYM_SECTION_COMMON:
			     the alignment */
	uint64_t size;
	uint64_t own;	  /* bytes that this symbol alone accounts for: an alias
			     or a symbol nested in another has 0.
			     Per section, sum of own + unattributed = size */
	uint64_t content; /* of one with symbol_has_content: equal where the
			     content is (elf/contents.h); 0: not known */
	uint32_t file;	  /* index into files[] of the STT_FILE group a local
			     symbol is in; UINT32_MAX for none */
};

/* A relocation's way from one allocated section to what it needs: with
 * --gc-sections, where the one is linked the other is, too. */
struct obj_reference {
	uint32_t from;	  /* index into sections[] */
	uint32_t to;	  /* likewise, or SYM_SECTION_UNDEF: name says it */
	const char *name; /* of a symbol that is not local; else NULL */
};

/* The symbols of one section that have a name: what a loader would copy. */
struct obj_name_sum {
	uint64_t count;
	uint64_t bytes; /* of their names, a NUL each */
};

/* The symbol table as it is in the file. */
struct obj_symtab {
	bool known;
	bool livepatch; /* relocations for a live patch: all symbols are kept */
	uint64_t count; /* the empty one at its start, too */
	uint64_t entry, align;
	uint64_t strings;	    /* size of the string table */
	uint64_t name_bytes;	    /* of the names of all, a NUL each */
	struct obj_name_sum *names; /* as sections[] */
};

struct object_record {
	/* ELFCLASS*, ELFDATA*, ET_*, EM_*, e_flags */
	uint8_t elf_class, encoding;
	uint16_t etype, machine;
	uint32_t eflags;

	/* Berkeley, equal to binutils size; COMMON is in none of them. */
	uint64_t text, data, bss;
	uint64_t common;

	/* Calls were looked for: a relocatable object, read with its symbols,
	 * of a machine whose calls are known. */
	bool return_sites_known;

	/* There is debug information that tells source lines. */
	bool has_lines;

	/* Every allocated section, in the file's order; and sections that
	 * are not allocated (class debug) where a symbol is defined in them. */
	struct obj_section *sections;
	size_t nsections;

	/* Sorted by (section, value, size descending, norm); symbols of no
	 * section last.  Undefined ones only with ELF_WANT_UNDEFINED. */
	struct obj_symbol *symbols;
	size_t nsymbols;

	/* Only with ELF_WANT_REFERENCES, which references_known says: each once,
	 * sorted by from.  Sections of a group refer to each other, and what
	 * a section with SHF_LINK_ORDER is linked to refers to it. */
	bool references_known;
	struct obj_reference *references;
	size_t nreferences;

	/* Only with ELF_WANT_SYMTAB. */
	struct obj_symtab symtab;

	/* The names of the STT_FILE symbols, in the file's order. */
	const char **files;
	size_t nfiles;

	/* GNU build-id note; build_id_len is 0 where there is none. */
	unsigned char build_id[32];
	size_t build_id_len;

	/* Of all that is measured, names normalised (model/strip_counters.h). */
	unsigned char fingerprint[16];

	struct arena arena;
};

/* A local function or constant: what another object may have, too. */
static inline bool symbol_has_content(const struct object_record *r,
				      const struct obj_symbol *s)
{
	/* STB_LOCAL; STT_OBJECT, STT_FUNC */
	return s->bind == 0 && (s->type == 1 || s->type == 2) && s->own &&
	       SYM_IN_SECTION(s) &&
	       (r->sections[s->section].cls == CLASS_TEXT ||
		r->sections[s->section].cls == CLASS_RODATA);
}

static inline void object_record_release(struct object_record *r)
{
	arena_release(&r->arena);
}

#endif
