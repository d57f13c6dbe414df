/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How calls work on the machines that are decoded.
 */
#include "code/decode/machine.h"

#include <stdlib.h>

/* rax rcx rdx rsi rdi r8-r11; eax ecx edx. */
#define X86_64_CLOBBERED 0xfc7
#define I386_CLOBBERED 0x7
/* r0-r3 r12 lr. */
#define ARM_CLOBBERED 0x500f
/* x0-x18, x30. */
#define ARM64_CLOBBERED 0x4007ffff

static const struct machine machines[] = {
	[ISA_X86_64] = { .word = 8,
			 .sp = 4,
			 .frame = { 5, 5 },
			 .result = 0,
			 .nargs = 6,
			 .args = { 7, 6, 2, 1, 8, 9 },
			 .return_on_stack = true,
			 .clobbered = X86_64_CLOBBERED,
			 .kept = 0xf028,
			 .pointer = 0xffff888000001000ULL },
	[ISA_I386] = { .word = 4,
		       .sp = 4,
		       .frame = { 5, 5 },
		       .result = 0,
		       .nargs = 3, /* -mregparm=3 */
		       .args = { 0, 2, 1 },
		       .stack_varargs = true,
		       .return_on_stack = true,
		       .clobbered = I386_CLOBBERED,
		       .kept = 0xe8,
		       .pointer = 0xc0001000 },
	[ISA_ARM] = { .word = 4,
		      .sp = 13,
		      .frame = { 11, 7 },
		      .result = 0,
		      .nargs = 4,
		      .args = { 0, 1, 2, 3 },
		      .clobbered = ARM_CLOBBERED,
		      .kept = 0xff0,
		      .pointer = 0xc0008000 },
	[ISA_ARM64] = { .word = 8,
			.sp = 31,
			.frame = { 29, 29 },
			.result = 0,
			.nargs = 8,
			.args = { 0, 1, 2, 3, 4, 5, 6, 7 },
			.clobbered = ARM64_CLOBBERED,
			.kept = 0x3ff80000,
			.pointer = 0xffff000000001000ULL },
};

const struct machine *machine_of_isa(enum code_isa isa)
{
	if (isa <= ISA_NONE ||
	    (size_t)isa >= sizeof(machines) / sizeof(*machines))
		return NULL;
	return &machines[isa];
}

void code_lifted_release(struct code_lifted *l)
{
	free(l->insns);
	free(l->where);
	free(l->targets);
	*l = (struct code_lifted){ 0 };
}
