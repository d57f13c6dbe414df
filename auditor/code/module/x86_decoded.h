/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An instruction of i386 and x86-64 as the lifter needs it, out of what
 * capstone says.  Relocations are not applied yet, and only `address` and the
 * target of a `relative` one depend on the place.  Private to code/module/.
 */
#ifndef CODE_MODULE_X86_DECODED_H
#define CODE_MODULE_X86_DECODED_H

#include "code/module/lift.h"

#define X86_OPERANDS 4

struct x86_operand {
	bool is_memory, written;
	bool rip;	      /* memory that counts from the next instruction */
	struct operand value; /* of no memory */
	struct memory mem;
	uint8_t size; /* bytes; 9: ah, bh, ch, dh */
};

/* What a condition is for. */
enum x86_conditional { X86_NO_CONDITION, X86_JUMPS, X86_MOVES, X86_SETS };

/* Implicit registers that it changes; one of them may be this. */
#define X86_FLAGS 254
#define X86_IMPLICIT 20

struct x86_decoded {
	uint64_t address;
	unsigned int id; /* X86_INS_… */
	uint8_t size, noperands;
	uint8_t repeats; /* a prefix, or 0 */
	uint8_t imm_offset, disp_offset;
	bool has_modrm;
	bool direct; /* a jump or call to a number */
	uint8_t conditional, cond;
	uint8_t nimplicit, implicit[X86_IMPLICIT];
	struct x86_operand operands[X86_OPERANDS]; /* noperands of them */
};

void x86_decoded_read(const cs_insn *from, struct x86_decoded *to);

#endif
