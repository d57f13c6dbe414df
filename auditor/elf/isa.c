/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/isa.h"

#include <elf.h>

enum code_isa isa_of_machine(uint16_t machine)
{
	switch (machine) {
	case EM_X86_64:
		return ISA_X86_64;
	case EM_386:
		return ISA_I386;
	case EM_ARM:
		return ISA_ARM;
	case EM_AARCH64:
		return ISA_ARM64;
	default:
		return ISA_NONE;
	}
}
