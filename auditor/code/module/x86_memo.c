/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/module/x86_memo.h"

#include <stdlib.h>

#define SLOTS 4096
#define SHAPES 32
#define BEGINNINGS 4096

/* So many bytes, of which some are a displacement or a number.  Its sign
 * belongs to the others: who knows how far it is extended. */
struct shape {
	uint8_t len, at, size;
	bool number;
	uint64_t mask[2]; /* of all the others */
};

struct slot {
	uint64_t key[2];
	uint8_t shape; /* + 1; 0: empty */
};

struct x86_memo {
	struct shape shapes[SHAPES];
	size_t nshapes;
	/* Bit per shape, of what began so: by the first byte where that is all
	 * that is no displacement, else by two. */
	uint32_t by_one[256], by_two[BEGINNINGS];
	struct x86_decoded now;
	/* What is looked at often is together, and near. */
	struct slot slots[SLOTS];
	/* By slot: at place 0, with displacement 0. */
	struct x86_decoded insns[SLOTS];
};

struct x86_memo *x86_memo_new(void)
{
	return calloc(1, sizeof(struct x86_memo));
}

void x86_memo_free(struct x86_memo *m)
{
	free(m);
}

/* ---- finding ---- */

static uint32_t *begins(struct x86_memo *m, const uint8_t *p)
{
	uint32_t two = (uint32_t)p[0] | (uint32_t)p[1] << 8;

	return &m->by_two[(two * 0x9e3779b1U >> 16) % BEGINNINGS];
}

static struct slot *slot_of(struct x86_memo *m, uint64_t a, uint64_t b,
			    size_t shape)
{
	uint64_t h = (a ^ b << 23 ^ shape << 56) * 0x9e3779b97f4a7c15ULL;

	h = (h ^ h >> 29) * 0x9e3779b97f4a7c15ULL;
	return &m->slots[(h >> 40) % SLOTS];
}

static void load(const uint8_t *p, size_t left, uint64_t bytes[2])
{
	bytes[0] = bytes[1] = 0;
	if (left >= 16)
		memcpy(bytes, p, 16);
	else
		memcpy(bytes, p, left);
}

static const struct slot *find(struct x86_memo *m, const uint8_t *p,
			       size_t left)
{
	uint32_t may = m->by_one[p[0]] | (left > 1 ? *begins(m, p) : 0);
	uint64_t bytes[2];

	if (!may)
		return NULL;
	load(p, left, bytes);
	for (; may; may &= may - 1) {
		size_t i = (size_t)__builtin_ctz(may);
		const struct shape *f = &m->shapes[i];
		uint64_t a = bytes[0] & f->mask[0], b = bytes[1] & f->mask[1];
		const struct slot *s = slot_of(m, a, b, i);

		if (s->shape == i + 1 && s->key[0] == a && s->key[1] == b &&
		    f->len <= left)
			return s;
	}
	return NULL;
}

/* ---- displacements ---- */

static int64_t displacement(const uint8_t *p, const struct shape *f)
{
	int32_t word;

	if (f->size == 1)
		return (int8_t)p[f->at];
	if (!f->size)
		return 0;
	memcpy(&word, p + f->at, sizeof(word));
	return word;
}

static void move(struct x86_decoded *i, uint64_t from, uint64_t to,
		 int64_t change, bool number)
{
	i->address += to - from;
	if (i->direct) {
		i->operands[0].value.value += to - from + (uint64_t)change;
		return;
	}
	for (size_t k = 0; change && k < i->noperands; k++)
		if (!number && i->operands[k].is_memory)
			i->operands[k].mem.disp += change;
		else if (number && i->operands[k].value.kind == OPERAND_IMM)
			i->operands[k].value.value += (uint64_t)change;
}

/* ---- remembering ---- */

static bool disassemble(struct decoder *d, const uint8_t *p, size_t left,
			uint64_t at, struct x86_decoded *ret)
{
	if (!cs_disasm_iter(d->handle, &p, &left, &at, d->insn))
		return false;
	x86_decoded_read(d->insn, ret);
	return true;
}

static struct shape shape_of(const struct x86_decoded *i, const cs_insn *from)
{
	const cs_x86_encoding *e = &from->detail->x86.encoding;
	struct shape f = { .len = i->size };
	uint8_t all[16] = { 0 };

	if (i->direct) {
		f.at = e->imm_offset;
		f.size = e->imm_size;
	} else if (e->disp_offset) {
		f.at = e->disp_offset;
		f.size = e->disp_size;
	} else if (e->imm_offset &&
		   (i->operands[0].is_memory || i->operands[0].value.kind)) {
		/* Of SSE, whose number may be a part of its name: never. */
		f.at = e->imm_offset;
		f.size = e->imm_size;
		f.number = true;
	}
	if ((f.size != 1 && f.size != 4) || f.at + f.size > f.len)
		f.at = f.size = f.number = 0;
	memset(all, 0xff, f.len < sizeof(all) ? f.len : sizeof(all));
	memset(all + f.at, 0, f.size);
	if (f.size && !i->direct)
		all[f.at + f.size - 1] = 0x80;
	memcpy(f.mask, all, sizeof(all));
	return f;
}

/* Within 32 bits, and not a multiple of 16 bits, in which a target may be
 * cut off. */
#define ELSEWHERE 0x40001001U

/* Is it the same at another place, with another displacement?  What has none
 * does not speak of places. */
static bool is_general(struct decoder *d, const uint8_t *p,
		       const struct shape *f)
{
	const struct x86_decoded *here = &d->memo->now;
	struct x86_decoded there;
	uint8_t other[16];

	if (!f->size && !here->direct)
		return true;
	memcpy(other, p, f->len);
	for (size_t k = 0; k < f->size; k++)
		other[f->at + k] ^= 0x15;
	if (!disassemble(d, other, f->len, here->address + ELSEWHERE, &there))
		return false;
	move(&there, here->address + ELSEWHERE, here->address,
	     displacement(p, f) - displacement(other, f), f->number);
	return memcmp(&there, here, sizeof(there)) == 0;
}

/* SHAPES: there is no room for another one. */
static size_t number_of(struct x86_memo *m, const struct shape *f)
{
	size_t i = 0;

	while (i < m->nshapes &&
	       (m->shapes[i].len != f->len || m->shapes[i].at != f->at ||
		m->shapes[i].size != f->size ||
		m->shapes[i].number != f->number))
		i++;
	if (i == m->nshapes && i < SHAPES)
		m->shapes[m->nshapes++] = *f;
	return i;
}

static void remember(struct decoder *d, const uint8_t *p)
{
	struct x86_memo *m = d->memo;
	struct shape f = shape_of(&m->now, d->insn);
	uint64_t bytes[2];
	struct x86_decoded *insn;
	struct slot *s;
	size_t shape;

	/* A displacement without a modrm byte: rare, and capstone's own. */
	if ((m->now.disp_offset && !m->now.has_modrm) || !f.len || f.len > 16 ||
	    m->now.address >= ELSEWHERE || !is_general(d, p, &f))
		return;
	shape = number_of(m, &f);
	if (shape == SHAPES)
		return;
	load(p, f.len, bytes);
	bytes[0] &= f.mask[0];
	bytes[1] &= f.mask[1];
	s = slot_of(m, bytes[0], bytes[1], shape);
	s->key[0] = bytes[0];
	s->key[1] = bytes[1];
	s->shape = (uint8_t)(shape + 1);
	insn = &m->insns[s - m->slots];
	*insn = m->now;
	move(insn, m->now.address, 0, -displacement(p, &f), f.number);
	if (f.len == 1 || (f.size && f.at == 1))
		m->by_one[p[0]] |= (uint32_t)1 << shape;
	else
		*begins(m, p) |= (uint32_t)1 << shape;
}

const struct x86_decoded *x86_next(struct decoder *d, const uint8_t *p,
				   size_t left, uint64_t at)
{
	struct x86_memo *m = d->memo;
	const struct slot *s = find(m, p, left);
	const struct x86_decoded *insn;
	const struct shape *f;

	if (!s) {
		if (!disassemble(d, p, left, at, &m->now))
			return NULL;
		remember(d, p);
		return &m->now;
	}
	insn = &m->insns[s - m->slots];
	/* What is not there is not copied: it is far away. */
	memcpy(&m->now, insn,
	       offsetof(struct x86_decoded, operands) +
		       insn->noperands * sizeof(*insn->operands));
	f = &m->shapes[s->shape - 1];
	move(&m->now, 0, at, displacement(p, f), f->number);
	/* Before the section's begin: in 32 bits, as capstone has it. */
	if (m->now.direct && d->isa == ISA_I386)
		m->now.operands[0].value.value &= UINT32_MAX;
	return &m->now;
}
