/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/call_scan.h"

#include <string.h>

#include "support/grow.h"

static bool add_return(struct return_list *l, uint64_t offset)
{
	size_t at = l->count;

	/* Calls of unlike length that overlap come out of order: near the
	 * end, so that going back a step or two finds the place. */
	while (at && l->at[at - 1] > offset)
		at--;
	if (at && l->at[at - 1] == offset)
		return true;
	if (grow_room((void **)&l->at, l->count, &l->capacity, sizeof(*l->at)))
		return false;
	memmove(&l->at[at + 1], &l->at[at], (l->count - at) * sizeof(*l->at));
	l->at[at] = offset;
	l->count++;
	return true;
}

/* A call of len bytes at `at`; none where len is 0 or leads out. */
static bool add_call(const struct code_bytes *c, struct return_list *l,
		     size_t at, size_t len)
{
	return !len || len > c->size - at || add_return(l, at + len);
}

static uint32_t half(const unsigned char *p, bool big)
{
	return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

static uint32_t word(const unsigned char *p, bool big)
{
	return big ? half(p, true) << 16 | half(p + 2, true)
		   : half(p + 2, false) << 16 | half(p, false);
}

/* ---- x86: instructions of any length, at any byte ---- */

/*
 * e8 rel32.  Calls that the linker fills in hold the addend: nothing on
 * x86-64, where relocations carry it, and on i386 the offset of the target
 * in its section, less 4.  The others stay within the section, or in a
 * linked file within the code.
 */
static size_t call_direct(const struct code_bytes *c, size_t at)
{
	/* Further than any call leads. */
	int64_t span = c->span < INT32_MAX ? (int64_t)c->span : INT32_MAX;
	int64_t next = (int64_t)at + 5, rel;

	if (c->size - at < 5)
		return 0;
	rel = (int32_t)word(c->bytes + at + 1, false);
	if (rel < -next - span)
		return 0;
	if (rel <= (int64_t)c->size - next + span)
		return 5;
	return !c->is_64bit && rel + 4 <= (int64_t)c->largest ? 5 : 0;
}

/* ff /2: its length by ModRM and SIB, or 0 where it is no call. */
static size_t call_indirect(const struct code_bytes *c, size_t at)
{
	const unsigned char *p = c->bytes + at;
	unsigned int mod, rm;
	size_t len = 2;

	if (c->size - at < 2 || (p[1] & 0x38) != 0x10)
		return 0;
	mod = p[1] >> 6;
	rm = p[1] & 7;
	if (mod != 3 && rm == 4) {
		if (c->size - at < 3)
			return 0;
		len++;
		if (mod == 0 && (p[2] & 7) == 5)
			len += 4;
	}
	if (mod == 0 && rm == 5)
		len += 4;
	return len + (mod == 1 ? 1 : mod == 2 ? 4 : 0);
}

static bool scan_x86(const struct code_bytes *c, struct return_list *l)
{
	for (size_t i = c->from; i < c->size; i++) {
		size_t len = 0;

		/* One test for both 0xe8 and 0xff, and few others: this
		 * loop sees every byte of the kernel's code. */
		if ((c->bytes[i] | 0x17) != 0xff)
			continue;
		if (c->bytes[i] == 0xe8)
			len = call_direct(c, i);
		else if (c->bytes[i] == 0xff)
			len = call_indirect(c, i);
		if (!add_call(c, l, i, len))
			return false;
	}
	return true;
}

/* ---- ARM: both instruction sets ---- */

static size_t call_thumb(const struct code_bytes *c, size_t at)
{
	uint32_t first = half(c->bytes + at, c->big_endian);

	if ((first & 0xff87) == 0x4780) /* blx rm */
		return 2;
	/* bl, blx label */
	if ((first & 0xf800) == 0xf000 && c->size - at >= 4 &&
	    (half(c->bytes + at + 2, c->big_endian) & 0xc000) == 0xc000)
		return 4;
	return 0;
}

static size_t call_arm(const struct code_bytes *c, size_t at)
{
	uint32_t w = word(c->bytes + at, c->big_endian);

	if ((w & 0x0f000000) == 0x0b000000 || /* bl; blx label */
	    (w & 0xff000000) == 0xfa000000 || /* blx label */
	    (w & 0x0ffffff0) == 0x012fff30)   /* blx rm */
		return 4;
	/* Before ARMv5 an indirect call is "mov lr, pc" and any write of pc */
	return (w & 0x0fffffff) == 0x01a0e00f ? 8 : 0;
}

static bool scan_arm(const struct code_bytes *c, struct return_list *l)
{
	size_t i = c->from + (c->from & 1);

	for (; c->size >= 2 && i <= c->size - 2; i += 2) {
		size_t thumb = c->thumb ? call_thumb(c, i) : 0;
		size_t arm = c->arm && i % 4 == 0 && c->size - i >= 4
				     ? call_arm(c, i)
				     : 0;

		if (!add_call(c, l, i, thumb) || !add_call(c, l, i, arm))
			return false;
	}
	return true;
}

/* ---- machines with words of 32 bits ---- */

/* A call is a word that equals value in the bits of mask; it returns
 * `length` bytes after its beginning. */
struct pattern {
	uint32_t mask, value;
	unsigned int length;
};

static bool scan_words(const struct code_bytes *c,
		       const struct pattern *patterns, size_t count,
		       bool big_endian, struct return_list *l)
{
	for (size_t i = c->from; c->size >= 4 && i <= c->size - 4; i += 4) {
		uint32_t w = word(c->bytes + i, big_endian);

		for (size_t k = 0; k < count; k++) {
			if ((w & patterns[k].mask) == patterns[k].value &&
			    !add_call(c, l, i, patterns[k].length))
				return false;
		}
	}
	return true;
}

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* Instructions are little-endian whatever the data are. */
static bool scan_arm64(const struct code_bytes *c, struct return_list *l)
{
	static const struct pattern calls[] = {
		{ 0xfc000000, 0x94000000, 4 }, /* bl */
		{ 0xfefff000, 0xd63f0000, 4 }, /* blr, blraa, blrab, …z */
	};

	return scan_words(c, calls, COUNT(calls), false, l);
}

static bool scan_mips(const struct code_bytes *c, struct return_list *l)
{
	/* The return skips the delay slot; compact branches have none. */
	static const struct pattern calls[] = {
		{ 0xfc000000, 0x0c000000, 8 }, /* jal */
		{ 0xfc000000, 0x74000000, 8 }, /* jalx */
		{ 0xfc1f003f, 0x00000009, 8 }, /* jalr */
		{ 0xfc1c0000, 0x04100000, 8 }, /* bltzal, bgezal: bal */
		{ 0xfc000000, 0xe8000000, 4 }, /* balc */
		{ 0xffe00000, 0xf8000000, 4 }, /* jialc */
	};

	return scan_words(c, calls, COUNT(calls), c->big_endian, l);
}

static bool scan_powerpc(const struct code_bytes *c, struct return_list *l)
{
	static const struct pattern calls[] = {
		{ 0xfc000001, 0x48000001, 4 }, /* bl, bla */
		{ 0xfc000001, 0x40000001, 4 }, /* bcl */
		{ 0xfc0007ff, 0x4c000021, 4 }, /* bclrl: blrl */
		{ 0xfc0007ff, 0x4c000421, 4 }, /* bcctrl: bctrl */
		{ 0xfc0007ff, 0x4c000461, 4 }, /* bctarl */
	};

	return scan_words(c, calls, COUNT(calls), c->big_endian, l);
}

static bool scan_loongarch(const struct code_bytes *c, struct return_list *l)
{
	static const struct pattern calls[] = {
		{ 0xfc000000, 0x54000000, 4 }, /* bl */
		{ 0xfc00001f, 0x4c000001, 4 }, /* jirl ra */
	};

	return scan_words(c, calls, COUNT(calls), false, l);
}

/* ---- machines with instructions of 2, 4 and 6 bytes ---- */

static size_t call_riscv(const struct code_bytes *c, size_t at)
{
	uint32_t h = half(c->bytes + at, false), link = h >> 7 & 31;

	if ((h & 0xf07f) == 0x9002 && link) /* c.jalr */
		return 2;
	if (!c->is_64bit && (h & 0xe003) == 0x2001) /* c.jal */
		return 2;
	if (c->size - at < 4 || (link & ~4U) != 1) /* x1, or x5: millicode */
		return 0;
	return (h & 0x7f) == 0x6f || (h & 0x707f) == 0x0067 ? 4 : 0;
}

static bool scan_riscv(const struct code_bytes *c, struct return_list *l)
{
	for (size_t i = c->from; c->size >= 2 && i <= c->size - 2; i += 2) {
		size_t len = call_riscv(c, i);

		if (!add_call(c, l, i, len))
			return false;
	}
	return true;
}

static size_t call_s390(const unsigned char *p)
{
	if (p[0] == 0xc0 && (p[1] & 15) == 5) /* brasl */
		return 6;
	if ((p[0] == 0xa7 && (p[1] & 15) == 5) || p[0] == 0x4d) /* bras, bas */
		return 4;
	return p[0] == 0x0d && (p[1] & 15) ? 2 : 0; /* basr */
}

static bool scan_s390(const struct code_bytes *c, struct return_list *l)
{
	for (size_t i = c->from; c->size >= 2 && i <= c->size - 2; i += 2) {
		size_t len = call_s390(c->bytes + i);

		if (!add_call(c, l, i, len))
			return false;
	}
	return true;
}

bool code_find_calls(enum code_machine machine, const struct code_bytes *c,
		     struct return_list *l)
{
	switch (machine) {
	case CODE_UNKNOWN:
		break;
	case CODE_X86:
		return scan_x86(c, l);
	case CODE_ARM:
		return scan_arm(c, l);
	case CODE_ARM64:
		return scan_arm64(c, l);
	case CODE_MIPS:
		return scan_mips(c, l);
	case CODE_POWERPC:
		return scan_powerpc(c, l);
	case CODE_RISCV:
		return scan_riscv(c, l);
	case CODE_S390:
		return scan_s390(c, l);
	case CODE_LOONGARCH:
		return scan_loongarch(c, l);
	}
	return true;
}
