/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The making of steps.
 */
#ifndef CODE_MODULE_EMIT_H
#define CODE_MODULE_EMIT_H

#include "code/module/lift.h"

/* A step of the instruction that where_add began, all zeros but op. */
struct insn *emit(struct decoder *d, enum op op);
void where_add(struct decoder *d, uint64_t offset, uint8_t len);

/* Of S + addend; false where the symbol is of no use. */
bool op_symbol(const struct decoder *d, uint32_t symbol, int64_t addend,
	       struct operand *ret);

/* The first relocation at from .. to, or NULL. */
const struct code_reloc *reloc_in(const struct decoder *d, uint64_t from,
				  uint64_t to);

/* The first mark of ARM code that comes after a place. */
size_t mark_after(const struct code_object *o, uint32_t section, uint64_t at);

void emit_move(struct decoder *d, uint8_t dst, struct operand a, uint8_t size);
void emit_load(struct decoder *d, uint8_t dst, const struct memory *m,
	       uint8_t size);
struct insn *emit_store(struct decoder *d, const struct memory *m,
			struct operand a, uint8_t size);
void emit_alu(struct decoder *d, enum alu alu, uint8_t dst, struct operand a,
	      struct operand b, uint8_t size, bool flags);
void emit_compare(struct decoder *d, enum op op, struct operand a,
		  struct operand b, uint8_t size);
void emit_unknown(struct decoder *d, uint8_t dst);
void emit_extend(struct decoder *d, uint8_t dst, struct operand a, uint8_t from,
		 bool sign, uint8_t size);
/* A jump over what follows, until skip_end is told its number. */
uint32_t skip_begin(struct decoder *d, enum cond unless);
void skip_end(struct decoder *d, uint32_t skip);
/* dst = cond ? yes : no. */
void emit_select(struct decoder *d, enum cond cond, uint8_t dst,
		 struct operand yes, struct operand no, uint8_t size);
/* A jump, call or branch to a place of this section, or where the relocation
 * says, which begins at offset + addend. */
void set_target(struct decoder *d, struct insn *i, const struct code_reloc *r,
		int64_t addend, uint64_t offset);
/* A case of the switch that is emitted next. */
bool add_case(struct decoder *d, uint64_t at);
/* A switch whose cases are the words that relocations fill at section: at. */
void emit_switch_table(struct decoder *d, uint32_t section, uint64_t at);

#endif
