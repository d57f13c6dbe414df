/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The instructions that flow/ understands: what x86-64, i386, ARM, Thumb and
 * AArch64 have in common, a few simple steps for each instruction.  Whatever
 * else an instruction does is a definition of unknown values, so that nothing
 * wrong is believed.
 *
 * Predicated instructions, conditional moves and sets come as jumps around
 * simple steps: only OP_BRANCH has a condition.
 */
#ifndef CODE_DECODE_INSN_H
#define CODE_DECODE_INSN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Registers have the machine's own numbers (x86: rax 0 … r15 15; ARM r0…r15;
 * AArch64 x0…x30, sp 31); two more are the decoder's own. */
#define REG_TEMP 32
#define REG_TEMP2 33
#define REG_COUNT 34
#define REG_NONE 255

enum operand_kind {
	OPERAND_UNKNOWN = 0,
	OPERAND_REG,
	OPERAND_IMM,	 /* value */
	OPERAND_ADDRESS, /* of a place: symbol_at, or an undefined symbol */
};

struct operand {
	uint8_t kind;
	uint8_t reg;
	uint32_t
		symbol; /* OPERAND_ADDRESS: undefined symbol, else UINT32_MAX */
	uint64_t value; /* IMM: the number; ADDRESS: CODE_AT, or an offset
			    from the undefined symbol */
};

/* [base + index * scale + disp], or a symbol's memory. */
struct memory {
	uint8_t base, index, scale; /* REG_NONE: none */
	bool segment;		    /* per-CPU and the like: never followed */
	bool absolute;		    /* address: at, symbol as an operand's */
	uint32_t symbol;
	int64_t disp;
	uint64_t at;
};

enum op {
	OP_NOP = 0,
	OP_MOVE,    /* dst = a */
	OP_LOAD,    /* dst = mem */
	OP_STORE,   /* mem = a */
	OP_LEA,	    /* dst = address of mem */
	OP_ALU,	    /* dst = a alu b; sets flags if flags */
	OP_COMPARE, /* flags of a - b */
	OP_TEST,    /* flags of a & b */
	OP_EXTEND,  /* dst = a, of from bytes, sign-extended if sign */
	OP_UNKNOWN, /* dst = ? */
	OP_FORGET_FLAGS,
	OP_MULTIPLY_FLAGS, /* a condition from here on is of an overflow */
	OP_WRITE_MEMORY,   /* somewhere */
	OP_OVERFLOW,	   /* dst = the upper half of a product */
	OP_CALL,	   /* target; CALL_UNKNOWN */
	/* Only at the end of a block: */
	OP_BRANCH, /* to target, if cond */
	OP_JUMP,   /* to target */
	OP_SWITCH, /* to ntargets of code_lifted.targets, from first */
	OP_RETURN,
	OP_TRAP, /* ud2, brk, udf */
};

enum alu {
	ALU_ADD = 0,
	ALU_SUB,
	ALU_AND,
	ALU_OR,
	ALU_XOR,
	ALU_SHL,
	ALU_SHR,
	ALU_SAR,
	ALU_MUL,
	ALU_NEG, /* -a */
	ALU_NOT, /* ~a */
};

/* In pairs: cond ^ 1 is the contrary. */
enum cond {
	COND_EQ = 0,
	COND_NE,
	COND_LT, /* signed */
	COND_GE,
	COND_LE,
	COND_GT,
	COND_BELOW, /* unsigned */
	COND_ABOVE_EQ,
	COND_BELOW_EQ,
	COND_ABOVE,
	COND_NEGATIVE,
	COND_POSITIVE,
	COND_OVERFLOW,
	COND_NO_OVERFLOW,
	COND_UNKNOWN, /* both ways, and nothing is learnt */
	COND_UNKNOWN2,
};

enum target_kind {
	TARGET_UNKNOWN = 0,
	TARGET_AT,     /* at: CODE_AT of this object */
	TARGET_SYMBOL, /* an undefined symbol: at is its index */
	TARGET_STEP,   /* at: index of a step of this function */
};

struct insn {
	uint8_t op, alu, cond, size; /* size: operands' bytes; 9: second byte */
	uint8_t dst, from;
	bool flags, sign, push; /* push: a store that only saves */
	uint8_t target_kind;
	uint32_t at; /* the instruction: index into code_lifted.where */
	struct operand a, b;
	union {
		struct memory mem;
		uint64_t target;
		struct {
			uint32_t first, ntargets;
		} cases;
	};
};

/* A function (and its parts) as steps. */
struct code_lifted {
	struct insn *insns;
	size_t ninsns, capacity;
	/* Each instruction: its place and first step, ascending by step. */
	struct code_where {
		uint64_t at; /* CODE_AT */
		uint32_t step;
		uint8_t len;
	} * where;
	size_t nwhere, where_capacity;
	uint64_t *targets; /* of OP_SWITCH: CODE_AT */
	size_t ntargets, targets_capacity;
	uint32_t undecoded; /* bytes */
	bool nomem;	    /* it is not complete */
};

/* How calls work on a machine. */
struct machine {
	uint8_t word; /* bytes */
	uint8_t sp, result;
	uint8_t frame[2]; /* frame pointers, where there are */
	uint8_t nargs, args[8];
	bool stack_varargs;   /* a variadic function has no argument in a
				 register */
	bool return_on_stack; /* a call pushes the return address */
	uint64_t clobbered;   /* bit per register, by calls */
	uint64_t kept;	      /* likewise */
	uint64_t pointer;     /* a pointer that could be */
};

#endif
