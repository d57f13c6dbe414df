/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/content_branch.h"

#include <elf.h>
#include <string.h>

unsigned int content_branch_step(const struct object_record *r,
				 const struct obj_symbol *of)
{
	switch (r->machine) {
	case EM_X86_64:
	case EM_386:
		return 1;
	case EM_ARM:
		return r->encoding != ELFDATA2LSB ? 0 : of->thumb ? 2 : 4;
	case EM_AARCH64:
	case EM_MIPS: /* its calls all have relocations */
		return 4;
	default:
		return 0;
	}
}

static uint32_t half(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t word(const unsigned char *p)
{
	return half(p) | half(p + 2) << 16;
}

/* A signed number of so many bits. */
static int64_t extend(uint32_t v, unsigned int bits)
{
	uint32_t sign = (uint32_t)1 << (bits - 1);

	v &= sign * 2 - 1;
	return (int64_t)(v ^ sign) - (int64_t)sign;
}

static void set(struct content_branch *ret, uint64_t field, uint32_t mask,
		uint64_t from, int64_t far)
{
	memset(ret->mask, 0, sizeof(ret->mask));
	for (size_t i = 0; i < 4; i++)
		ret->mask[i] = (unsigned char)(mask >> (8 * i));
	ret->field = field;
	ret->to = from + (uint64_t)far;
}

/* call, jmp and jcc with 32 bits, and jmp with 8.  A jcc with 8 would be found
 * in every hundredth function that has none. */
static bool x86(const unsigned char *p, uint64_t at, uint64_t room,
		struct content_branch *ret)
{
	unsigned int n = p[0] == 0xe8 || p[0] == 0xe9 ? 1 : 0;

	if (room >= 6 && p[0] == 0x0f && (p[1] & 0xf0) == 0x80)
		n = 2;
	if (n && room >= n + 4) {
		set(ret, at + n, UINT32_MAX, at + n + 4, (int32_t)word(p + n));
		return true;
	}
	if (room < 2 || p[0] != 0xeb)
		return false;
	set(ret, at + 1, 0xff, at + 2, (int8_t)p[1]);
	return true;
}

/* bl and b.w; b of 16 bits. */
static bool thumb(const unsigned char *p, uint64_t at, uint64_t room,
		  struct content_branch *ret)
{
	uint32_t a = half(p), b, s, far;

	if (room >= 4 && (a & 0xf800) == 0xf000) {
		b = half(p + 2);
		if ((b & 0x9000) != 0x9000)
			return false;
		s = a >> 10 & 1;
		far = s << 24 | (~(b >> 13 ^ s) & 1) << 23 |
		      (~(b >> 11 ^ s) & 1) << 22 | (a & 0x3ff) << 12 |
		      (b & 0x7ff) << 1;
		set(ret, at, 0x2fff07ff, at + 4, extend(far, 25));
		return true;
	}
	if ((a & 0xf800) != 0xe000)
		return false;
	set(ret, at, 0x7ff, at + 4, extend((a & 0x7ff) << 1, 12));
	return true;
}

bool content_branch_at(const struct object_record *r,
		       const struct obj_symbol *of, const unsigned char *code,
		       uint64_t at, uint64_t end, struct content_branch *ret)
{
	const unsigned char *p = code + at;
	uint64_t room = end - at;

	if (r->machine == EM_X86_64 || r->machine == EM_386)
		return x86(p, at, room, ret);
	if (r->machine == EM_ARM && of->thumb)
		return room >= 2 && thumb(p, at, room, ret);
	if (room < 4)
		return false;
	if (r->machine == EM_ARM && (word(p) & 0x0e000000) == 0x0a000000) {
		set(ret, at, 0xffffff, at + 8, extend(word(p), 24) * 4);
		return true;
	}
	if (r->machine == EM_AARCH64 && (word(p) & 0x7c000000) == 0x14000000) {
		set(ret, at, 0x3ffffff, at, extend(word(p), 26) * 4);
		return true;
	}
	return false;
}
