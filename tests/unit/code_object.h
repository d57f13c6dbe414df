/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Objects for the tests of code/: machine code, its texts, and symbols that
 * are not defined, put together by hand.
 */
#ifndef TESTS_UNIT_CODE_OBJECT_H
#define TESTS_UNIT_CODE_OBJECT_H

#include <string.h>

#include "code/code_object.h"
#include "code/decode/decode_room.h"
#include "code/decode/machine.h"

/* Linked into the tests, which load no module. */
extern const struct decode_room kmemdb_module_code;

#define MADE_TEXT 1
#define MADE_STRINGS 2
#define MADE_SYMBOLS 32
#define MADE_RELOCS 64

/* Symbol 0 is none, 1 the section of strings; then functions and undefined
 * ones, as they are added. */
struct made {
	struct code_section sections[3];
	struct code_symbol symbols[MADE_SYMBOLS];
	struct code_function functions[MADE_SYMBOLS];
	struct code_reloc relocs[MADE_RELOCS];
	struct code_object o;
};

static inline struct code_object *made_object(struct made *m, enum code_isa isa,
					      const void *text, size_t size,
					      const char *strings,
					      size_t strings_size)
{
	memset(m, 0, sizeof(*m));
	m->sections[0].name = "";
	m->sections[MADE_TEXT] = (struct code_section){
		.name = ".text",
		.bytes = text,
		.size = size,
		.align = 1,
		.code = true,
		.alloc = true,
		.relocs = m->relocs,
	};
	m->sections[MADE_STRINGS] = (struct code_section){
		.name = ".rodata.str1.1",
		.bytes = (const unsigned char *)strings,
		.size = strings_size,
		.align = 1,
		.alloc = true,
		.strings = true,
	};
	for (size_t i = 0; i < MADE_SYMBOLS; i++) {
		m->symbols[i].name = "";
		m->symbols[i].section = CODE_SECTION_NONE;
	}
	m->symbols[1].section = MADE_STRINGS;
	m->o = (struct code_object){
		.isa = isa,
		.sections = m->sections,
		.nsections = 3,
		.symbols = m->symbols,
		.nsymbols = 2,
		.functions = m->functions,
	};
	return &m->o;
}

static inline uint32_t made_undefined(struct made *m, const char *name)
{
	m->symbols[m->o.nsymbols].name = name;
	m->symbols[m->o.nsymbols].global = true;
	return (uint32_t)m->o.nsymbols++;
}

/* In ascending order. */
static inline void made_function(struct made *m, const char *name,
				 uint64_t start, uint64_t size)
{
	uint32_t symbol = made_undefined(m, name);

	m->symbols[symbol].section = MADE_TEXT;
	m->symbols[symbol].function = true;
	m->symbols[symbol].value = start;
	m->symbols[symbol].size = size;
	m->functions[m->o.nfunctions++] =
		(struct code_function){ MADE_TEXT, symbol, start, size };
}

/* In ascending order. */
static inline void made_reloc(struct made *m, uint32_t offset, uint32_t symbol,
			      enum code_reloc_kind kind, int32_t addend)
{
	struct code_section *s = &m->sections[MADE_TEXT];

	m->relocs[s->nrelocs++] = (struct code_reloc){
		.offset = offset,
		.symbol = symbol,
		.addend = addend,
		.kind = (uint8_t)kind,
		.size = 4,
	};
}

#endif
