/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The module kmemdb-code.so: capstone behind code/decode/decode_room.h.
 */
#include "code/module/arm.h"
#include "code/module/arm64.h"
#include "code/module/emit.h"
#include "code/module/lift.h"
#include "code/module/x86.h"
#include "code/module/x86_memo.h"

#include <pthread.h>
#include <stdlib.h>

extern const struct decode_room kmemdb_module_code;

static int fail(struct err *e, cs_err why)
{
	return err_set(e, ERR_IO, "capstone cannot decode this machine: %s",
		       cs_strerror(why));
}

/*
 * capstone 4 sorts a table of x86 registers when it first decodes an
 * instruction with an implicit one (cmp rax, imm32), without a lock: a second
 * thread that decodes meanwhile looks into half of it, and misses operands.
 * So the first such instruction is decoded before there are two.
 */
static void warm_up(void)
{
	static const uint8_t cmp_eax[] = { 0x3d, 0, 0, 0, 0 };
	const uint8_t *at = cmp_eax;
	size_t left = sizeof(cmp_eax);
	uint64_t address = 0;
	cs_insn *insn;
	csh handle;

	if (cs_open(CS_ARCH_X86, CS_MODE_64, &handle) != CS_ERR_OK)
		return;
	cs_option(handle, CS_OPT_DETAIL, CS_OPT_ON);
	insn = cs_malloc(handle);
	if (insn) {
		cs_disasm_iter(handle, &at, &left, &address, insn);
		cs_free(insn, 1);
	}
	cs_close(&handle);
}

static int open_handle(cs_arch arch, unsigned int mode, csh *ret,
		       cs_insn **ret_insn, struct err *e)
{
	static pthread_once_t warm = PTHREAD_ONCE_INIT;
	cs_err why;

	pthread_once(&warm, warm_up);
	why = cs_open(arch, (cs_mode)mode, ret);
	if (why != CS_ERR_OK) {
		*ret = 0;
		return fail(e, why);
	}
	cs_option(*ret, CS_OPT_DETAIL, CS_OPT_ON);
	*ret_insn = cs_malloc(*ret);
	return *ret_insn ? 0 : err_nomem(e);
}

static void close_decoder(struct decoder *d)
{
	if (!d)
		return;
	if (d->insn)
		cs_free(d->insn, 1);
	if (d->thumb_insn)
		cs_free(d->thumb_insn, 1);
	if (d->handle)
		cs_close(&d->handle);
	if (d->thumb)
		cs_close(&d->thumb);
	x86_memo_free(d->memo);
	free(d);
}

static int open_x86(struct decoder *d, unsigned int mode, struct err *e)
{
	d->memo = x86_memo_new();
	return d->memo ? open_handle(CS_ARCH_X86, mode, &d->handle, &d->insn, e)
		       : err_nomem(e);
}

static int open_isa(struct decoder *d, struct err *e)
{
	int r;

	switch (d->isa) {
	case ISA_X86_64:
		return open_x86(d, CS_MODE_64, e);
	case ISA_I386:
		return open_x86(d, CS_MODE_32, e);
	case ISA_ARM:
		r = open_handle(CS_ARCH_ARM, CS_MODE_ARM, &d->handle, &d->insn,
				e);
		return r ? r
			 : open_handle(CS_ARCH_ARM, CS_MODE_THUMB | CS_MODE_V8,
				       &d->thumb, &d->thumb_insn, e);
	case ISA_ARM64:
		return open_handle(CS_ARCH_ARM64, CS_MODE_ARM, &d->handle,
				   &d->insn, e);
	default:
		return err_set(e, ERR_IO, "no decoder for this machine");
	}
}

/* Big-endian data: the words of ARM's code are as they are in BE8 alone, and
 * an object is not BE8 yet.  Nothing is decoded then. */
static int open_decoder(enum code_isa isa, bool big_endian,
			struct decoder **ret, struct err *e)
{
	struct decoder *d;
	int r;

	if (big_endian)
		return err_set(e, ERR_IO, "no decoder for big-endian code");
	d = calloc(1, sizeof(*d));
	if (!d)
		return err_nomem(e);
	d->isa = isa;
	r = open_isa(d, e);
	if (r < 0)
		close_decoder(d);
	else
		*ret = d;
	return r;
}

/* What is no instruction ends a path. */
static void bad_bytes(struct decoder *d, uint64_t at, uint8_t len)
{
	where_add(d, at, len);
	emit(d, OP_TRAP);
	d->to->undecoded += len;
}

/* Every instruction has a step, or the code would seem to end here. */
static void at_least_one(struct decoder *d, size_t before)
{
	if (d->to->ninsns == before && !d->to->nomem)
		emit(d, OP_NOP);
}

static void lift_one(struct decoder *d, const cs_insn *i, bool thumb)
{
	size_t before = d->to->ninsns;

	where_add(d, i->address, (uint8_t)i->size);
	if (d->isa == ISA_ARM)
		lift_arm(d, i, thumb);
	else
		lift_arm64(d, i);
	at_least_one(d, before);
}

static void lift_stretch_x86(struct decoder *d, uint64_t start, uint64_t end)
{
	const uint8_t *bytes = d->s->bytes;
	const struct x86_decoded *i;

	for (uint64_t at = start; at < end && !d->to->nomem;) {
		size_t before = d->to->ninsns;

		i = x86_next(d, bytes + at, (size_t)(end - at), at);
		if (!i) {
			bad_bytes(d, at++, 1);
			continue;
		}
		where_add(d, at, i->size);
		lift_x86(d, i);
		at_least_one(d, before);
		at += i->size;
	}
}

static void lift_stretch(struct decoder *d, uint64_t start, uint64_t end,
			 bool thumb, uint8_t least)
{
	csh handle = thumb ? d->thumb : d->handle;
	cs_insn *insn = thumb ? d->thumb_insn : d->insn;
	const uint8_t *p = d->s->bytes + start;
	uint64_t at = start;
	size_t left = (size_t)(end - start);

	while (left && !d->to->nomem) {
		uint8_t len;

		if (cs_disasm_iter(handle, &p, &left, &at, insn)) {
			lift_one(d, insn, thumb);
			continue;
		}
		len = left < least ? (uint8_t)left : least;
		bad_bytes(d, at, len);
		p += len;
		at += len;
		left -= len;
	}
}

/* Code of ARM and AArch64 has data in between. */
static void lift_marked(struct decoder *d, uint64_t start, uint64_t end)
{
	const struct code_object *o = d->o;
	size_t next = mark_after(o, d->section, start);
	char kind = d->isa == ISA_ARM ? 't' : 'x';

	if (next && o->marks[next - 1].section == d->section)
		kind = o->marks[next - 1].kind;
	while (start < end) {
		uint64_t stop = end;

		if (next < o->nmarks && o->marks[next].section == d->section &&
		    o->marks[next].offset < end)
			stop = o->marks[next].offset;
		if (kind != 'd' && stop > start)
			lift_stretch(d, start, stop, kind == 't',
				     kind == 't' ? 2 : 4);
		if (stop < end)
			kind = o->marks[next++].kind;
		start = stop;
	}
}

static void lift(struct decoder *d, const struct code_object *o,
		 uint32_t section, uint64_t start, uint64_t size,
		 struct code_lifted *to)
{
	if (section >= o->nsections || !o->sections[section].bytes ||
	    start > o->sections[section].size ||
	    size > o->sections[section].size - start)
		return;
	d->o = o;
	d->s = &o->sections[section];
	d->section = section;
	d->to = to;
	if (d->isa == ISA_ARM || d->isa == ISA_ARM64)
		lift_marked(d, start, start + size);
	else
		lift_stretch_x86(d, start, start + size);
}

const struct decode_room kmemdb_module_code = { open_decoder, lift,
						close_decoder };
