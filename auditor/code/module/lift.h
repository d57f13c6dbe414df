/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the machines' lifters share: the state of one lift, and the making of
 * steps.  Private to code/module/, the only home of capstone.
 */
#ifndef CODE_MODULE_LIFT_H
#define CODE_MODULE_LIFT_H

#include <string.h>

#include <capstone/capstone.h>

#include "code/decode/decode_room.h"

struct decoder {
	csh handle, thumb; /* thumb: of ISA_ARM only */
	cs_insn *insn, *thumb_insn;
	enum code_isa isa;

	/* Of the lift that runs: */
	const struct code_object *o;
	const struct code_section *s;
	uint32_t section;
	struct code_lifted *to;
	struct insn spare; /* takes what there is no memory for */
};

/* A step of the instruction that where_add began, all zeros but op. */
struct insn *emit(struct decoder *d, enum op op);
void where_add(struct decoder *d, uint64_t offset, uint8_t len);

/* ---- operands ---- */

static inline struct operand op_reg(uint8_t reg)
{
	return (struct operand){ .kind = OPERAND_REG, .reg = reg };
}

static inline struct operand op_imm(uint64_t value)
{
	return (struct operand){ .kind = OPERAND_IMM, .value = value };
}

static inline struct operand op_unknown(void)
{
	return (struct operand){ .kind = OPERAND_UNKNOWN };
}

/* Of S + addend; false where the symbol is of no use. */
bool op_symbol(const struct decoder *d, uint32_t symbol, int64_t addend,
	       struct operand *ret);

static inline bool op_is_reg(const struct operand *o, uint8_t reg)
{
	return o->kind == OPERAND_REG && o->reg == reg;
}

/* The first relocation at from .. to, or NULL. */
const struct code_reloc *reloc_in(const struct decoder *d, uint64_t from,
				  uint64_t to);

/* The first mark of ARM code that comes after a place. */
size_t mark_after(const struct code_object *o, uint32_t section, uint64_t at);

/* ---- common steps ---- */

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

static inline struct memory mem_at(uint8_t base, int64_t disp)
{
	return (struct memory){
		.base = base, .index = REG_NONE, .scale = 1, .disp = disp
	};
}

/* ---- the machines: one instruction, where_add done ---- */

void lift_x86(struct decoder *d, const cs_insn *i);
void lift_arm(struct decoder *d, const cs_insn *i, bool thumb);
void lift_arm64(struct decoder *d, const cs_insn *i);

#endif
