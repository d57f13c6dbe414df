/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An object as the search for messages sees it: bytes, relocations, symbols.
 * elf/ fills it; this room reads it and knows no file format.  Section
 * numbers are those of the ELF file; offsets are bytes from its section.
 */
#ifndef CODE_CODE_OBJECT_H
#define CODE_CODE_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"

/* Where the machine is none of these, nothing is decoded. */
enum code_isa {
	ISA_NONE = 0,
	ISA_X86_64,
	ISA_I386,
	ISA_ARM, /* ARM and Thumb: marks say which */
	ISA_ARM64,
};

/* What a relocation means; the machine's own number is gone. */
enum code_reloc_kind {
	RELOC_OTHER = 0,
	RELOC_ABS,  /* the place holds S + A */
	RELOC_PC,   /* S + A - P */
	RELOC_CALL, /* a call or jump to S + A */
	RELOC_GOT,  /* of a slot that holds S */
	RELOC_LOW,  /* lower part of S + A: movw, add :lo12: */
	RELOC_HIGH, /* upper part: movt, adrp */
};

struct code_reloc {
	uint32_t offset;
	uint32_t symbol; /* index into symbols */
	int32_t addend;	 /* also of REL: taken from the place; of RELOC_CALL
			    without the machine's own correction */
	uint8_t kind;	 /* enum code_reloc_kind */
	uint8_t size;	 /* bytes of the place */
};

#define CODE_SECTION_NONE UINT32_MAX

struct code_symbol {
	const char *name; /* "" of local data and sections */
	uint64_t value;	  /* the Thumb bit is cleared */
	uint64_t size;
	uint32_t section; /* CODE_SECTION_NONE: undefined, absolute, common */
	bool function, global, weak;
};

struct code_section {
	const char *name;
	const unsigned char *bytes; /* NULL: none, or not wanted */
	uint64_t size, align;
	uint64_t entsize; /* of merged strings */
	bool code, alloc, strings;
	struct code_reloc *relocs; /* ascending by offset */
	size_t nrelocs;
};

/* ARM: what the bytes from here on are. */
struct code_mark {
	uint32_t section;
	uint64_t offset;
	char kind; /* 'a' 't' 'd' */
};

/* A stretch of code that a symbol names; aliases are left out. */
struct code_function {
	uint32_t section, symbol;
	uint64_t start, size;
};

struct code_object {
	enum code_isa isa;
	bool big_endian;
	struct code_section *sections; /* by ELF section number */
	size_t nsections;
	struct code_symbol *symbols;
	size_t nsymbols;
	struct code_function *functions; /* ascending by section, start */
	size_t nfunctions;
	struct code_mark *marks; /* ascending by section, offset */
	size_t nmarks;
	unsigned char content[16]; /* hash of all of this */
	struct arena arena;
};

/* A place of an object in one number: for maps, and in the IR. */
#define CODE_AT(section, offset)                                               \
	((uint64_t)(section) << 40 | ((uint64_t)(offset)&0xffffffffff))
#define CODE_AT_SECTION(at) ((uint32_t)((at) >> 40))
#define CODE_AT_OFFSET(at) ((at)&0xffffffffff)

static inline void code_object_release(struct code_object *o)
{
	arena_release(&o->arena);
}

#endif
