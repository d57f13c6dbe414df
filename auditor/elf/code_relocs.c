/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/code_relocs.h"

#include <elf.h>

/* Newer than Debian 12's elf.h, or not in it. */
#define R_386_GOT32X_ 43

struct meaning {
	uint16_t isa, type;
	uint8_t kind, size;
};

static const struct meaning meanings[] = {
	{ ISA_X86_64, R_X86_64_64, RELOC_ABS, 8 },
	{ ISA_X86_64, R_X86_64_32, RELOC_ABS, 4 },
	{ ISA_X86_64, R_X86_64_32S, RELOC_ABS, 4 },
	{ ISA_X86_64, R_X86_64_PC32, RELOC_PC, 4 },
	{ ISA_X86_64, R_X86_64_PLT32, RELOC_PC, 4 },
	{ ISA_X86_64, R_X86_64_GOTPCREL, RELOC_GOT, 4 },
	{ ISA_X86_64, R_X86_64_GOTPCRELX, RELOC_GOT, 4 },
	{ ISA_X86_64, R_X86_64_REX_GOTPCRELX, RELOC_GOT, 4 },
	{ ISA_I386, R_386_32, RELOC_ABS, 4 },
	{ ISA_I386, R_386_PC32, RELOC_PC, 4 },
	{ ISA_I386, R_386_PLT32, RELOC_PC, 4 },
	{ ISA_I386, R_386_GOT32, RELOC_GOT, 4 },
	{ ISA_I386, R_386_GOT32X_, RELOC_GOT, 4 },
	{ ISA_ARM, R_ARM_ABS32, RELOC_ABS, 4 },
	{ ISA_ARM, R_ARM_TARGET1, RELOC_ABS, 4 },
	{ ISA_ARM, R_ARM_REL32, RELOC_PC, 4 },
	{ ISA_ARM, R_ARM_PC24, RELOC_CALL, 4 },
	{ ISA_ARM, R_ARM_PLT32, RELOC_CALL, 4 },
	{ ISA_ARM, R_ARM_CALL, RELOC_CALL, 4 },
	{ ISA_ARM, R_ARM_JUMP24, RELOC_CALL, 4 },
	{ ISA_ARM, R_ARM_THM_PC22, RELOC_CALL, 4 },
	{ ISA_ARM, R_ARM_THM_JUMP24, RELOC_CALL, 4 },
	{ ISA_ARM, R_ARM_THM_JUMP19, RELOC_CALL, 4 },
	{ ISA_ARM, R_ARM_MOVW_ABS_NC, RELOC_LOW, 4 },
	{ ISA_ARM, R_ARM_THM_MOVW_ABS_NC, RELOC_LOW, 4 },
	{ ISA_ARM, R_ARM_MOVT_ABS, RELOC_HIGH, 4 },
	{ ISA_ARM, R_ARM_THM_MOVT_ABS, RELOC_HIGH, 4 },
	{ ISA_ARM64, R_AARCH64_ABS64, RELOC_ABS, 8 },
	{ ISA_ARM64, R_AARCH64_ABS32, RELOC_ABS, 4 },
	{ ISA_ARM64, R_AARCH64_PREL32, RELOC_PC, 4 },
	{ ISA_ARM64, R_AARCH64_PREL64, RELOC_PC, 8 },
	{ ISA_ARM64, R_AARCH64_ADR_PREL_LO21, RELOC_PC, 4 },
	{ ISA_ARM64, R_AARCH64_ADR_PREL_PG_HI21, RELOC_HIGH, 4 },
	{ ISA_ARM64, R_AARCH64_ADR_PREL_PG_HI21_NC, RELOC_HIGH, 4 },
	{ ISA_ARM64, R_AARCH64_ADD_ABS_LO12_NC, RELOC_LOW, 4 },
	{ ISA_ARM64, R_AARCH64_LDST8_ABS_LO12_NC, RELOC_LOW, 4 },
	{ ISA_ARM64, R_AARCH64_LDST16_ABS_LO12_NC, RELOC_LOW, 4 },
	{ ISA_ARM64, R_AARCH64_LDST32_ABS_LO12_NC, RELOC_LOW, 4 },
	{ ISA_ARM64, R_AARCH64_LDST64_ABS_LO12_NC, RELOC_LOW, 4 },
	{ ISA_ARM64, R_AARCH64_LDST128_ABS_LO12_NC, RELOC_LOW, 4 },
	{ ISA_ARM64, R_AARCH64_CALL26, RELOC_CALL, 4 },
	{ ISA_ARM64, R_AARCH64_JUMP26, RELOC_CALL, 4 },
	{ ISA_ARM64, R_AARCH64_CONDBR19, RELOC_CALL, 4 },
	{ ISA_ARM64, R_AARCH64_TSTBR14, RELOC_CALL, 4 },
	{ ISA_ARM64, R_AARCH64_ADR_GOT_PAGE, RELOC_GOT, 4 },
	{ ISA_ARM64, R_AARCH64_LD64_GOT_LO12_NC, RELOC_GOT, 4 },
};

void code_reloc_meaning(enum code_isa isa, uint32_t type, struct code_reloc *to)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++) {
		const struct meaning *m = &meanings[i];

		if (m->isa == isa && m->type == type) {
			to->kind = m->kind;
			to->size = m->size;
			return;
		}
	}
	to->kind = RELOC_OTHER;
	to->size = 0;
}

/* A signed number of 1, 2, 4 or 8 bytes. */
static int64_t word_at(const unsigned char *p, uint8_t size, bool big_endian)
{
	uint64_t v = 0;

	for (uint8_t i = 0; i < size; i++)
		v = v << 8 | p[big_endian ? i : size - 1 - i];
	if (size && size < 8 && v >> (8 * size - 1))
		v |= ~(uint64_t)0 << (8 * size);
	return (int64_t)v;
}

/* movw: imm4:imm12 of ARM, imm4:i:imm3:imm8 of Thumb. */
static int64_t movw_addend(const unsigned char *p, bool thumb)
{
	uint32_t a = (uint32_t)p[0] | (uint32_t)p[1] << 8;
	uint32_t b = (uint32_t)p[2] | (uint32_t)p[3] << 8;

	if (thumb)
		return (int16_t)((a & 0xf) << 12 | (a >> 10 & 1) << 11 |
				 (b >> 12 & 7) << 8 | (b & 0xff));
	return (int16_t)((b & 0xf) << 12 | (a & 0xfff));
}

int64_t code_rel_addend(const unsigned char *p, uint32_t type,
			const struct code_reloc *r, bool big_endian)
{
	switch (r->kind) {
	case RELOC_ABS:
	case RELOC_PC:
		return word_at(p, r->size, big_endian);
	case RELOC_LOW:
		return movw_addend(p, type == R_ARM_THM_MOVW_ABS_NC);
	default:
		return 0;
	}
}
