/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which function, which name, which place: questions about an object's facts.
 */
#ifndef CODE_MESSAGES_PLACES_H
#define CODE_MESSAGES_PLACES_H

#include "code/messages/facts.h"

/* What a relocation of code leads to, where it is of this object; else 0. */
uint64_t facts_place_of(const struct object_facts *f,
			const struct code_reloc *r);
/* The first relocation of a section at or after an offset. */
size_t facts_first_reloc(const struct code_section *s, uint64_t offset);
const char *facts_symbol_name(const struct object_facts *f, uint32_t function);
/* A callee's name in the source; "" for UINT32_MAX; NULL: memory is out. */
const char *facts_callee_name(const struct object_facts *f, uint32_t callee,
			      struct arena *a);
/* The function that begins at a place, or covers it; UINT32_MAX. */
uint32_t facts_function_at(const struct object_facts *f, uint64_t at);
uint32_t facts_function_around(const struct object_facts *f, uint64_t at);
/* The name in the source; not terminated there: *len says how long. */
const char *facts_name(const struct object_facts *f, uint32_t function,
		       size_t *len);
/* May a function print, or store a text? */
bool facts_talks(const struct object_facts *f, uint32_t function);
/* Is a symbol one whose function others can tell about? */
bool facts_asks(const struct object_facts *f, uint32_t symbol);
/* Everybody who refers to function is looked at again. */
void facts_mark_users(struct object_facts *f, uint32_t function);

#endif
