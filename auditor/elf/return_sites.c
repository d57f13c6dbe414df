/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf/return_sites.h"

#include <stdlib.h>
#include <string.h>

#include <elf.h>
#include <libelf.h>

#include "elf/bounds.h"
#include "elf/reading.h"
#include "code/call_scan.h"
#include "support/leb128.h"

/* Scratch of one object, used again from section to section. */
struct finder {
	struct elf_reading *in;
	enum code_machine machine;
	struct return_list list;
	const struct elf_mark *mark; /* sections are taken in order */
	unsigned char *encoded;
	size_t encoded_cap, largest;
	uint64_t start, end; /* of all code */
};

/* Debian 12's elf.h has no EM_LOONGARCH. */
#define EM_LOONGARCH_ 258

/* MIPS16 and microMIPS have instructions of their own. */
#define MIPS_COMPRESSED 0x06000000U

static enum code_machine machine_of(uint16_t machine, uint32_t eflags)
{
	static const struct {
		uint16_t machine;
		uint32_t unknown_flags;
		enum code_machine code;
	} machines[] = {
		{ EM_X86_64, 0, CODE_X86 },
		{ EM_386, 0, CODE_X86 },
		{ EM_ARM, 0, CODE_ARM },
		{ EM_AARCH64, 0, CODE_ARM64 },
		{ EM_MIPS, MIPS_COMPRESSED, CODE_MIPS },
		{ EM_PPC, 0, CODE_POWERPC },
		{ EM_PPC64, 0, CODE_POWERPC },
		{ EM_RISCV, 0, CODE_RISCV },
		{ EM_S390, 0, CODE_S390 },
		{ EM_LOONGARCH_, 0, CODE_LOONGARCH },
	};

	for (size_t i = 0; i < sizeof(machines) / sizeof(*machines); i++)
		if (machines[i].machine == machine &&
		    !(eflags & machines[i].unknown_flags))
			return machines[i].code;
	return CODE_UNKNOWN;
}

bool return_sites_known(uint16_t machine, uint32_t eflags)
{
	return machine_of(machine, eflags) != CODE_UNKNOWN;
}

static bool is_code(const struct obj_section *s)
{
	const uint64_t both = SHF_ALLOC | SHF_EXECINSTR;

	return (s->flags & both) == both && s->type != SHT_NOBITS && s->size;
}

static int keep_list(struct finder *f, struct obj_section *s, struct err *e)
{
	const struct return_list *l = &f->list;
	size_t most = l->count * LEB128_MAX, len = 0;
	uint64_t before = 0;
	unsigned char *copy;

	if (!l->count)
		return 0;
	if (most > f->encoded_cap) {
		unsigned char *p = realloc(f->encoded, most);

		if (!p)
			return err_nomem(e);
		f->encoded = p;
		f->encoded_cap = most;
	}
	for (size_t i = 0; i < l->count; i++) {
		len += leb128_put(f->encoded + len, l->at[i] - before);
		before = l->at[i];
	}
	copy = arena_alloc(&f->in->record->arena, len);
	if (!copy)
		return err_nomem(e);
	memcpy(copy, f->encoded, len);
	s->return_sites = copy;
	s->return_sites_len = len;
	return 0;
}

/*
 * ARM and Thumb code look alike: mapping symbols say which is which, and
 * where constants are.  Bytes that none speaks of may be both.
 */
static bool scan_arm_stretches(struct finder *f, size_t section,
			       struct code_bytes *c)
{
	const struct elf_mark *m = f->mark, *end;
	uint64_t addr = f->in->record->sections[section].addr;
	size_t size = c->size;

	/* NULL where there is none. */
	end = f->in->nmarks ? f->in->marks + f->in->nmarks : m;
	c->arm = c->thumb = true;
	while (m < end && m->section < section)
		m++;
	f->mark = m;
	for (; m < end && m->section == section; m++) {
		uint64_t at = m->value - addr;

		if (at > size)
			break;
		c->size = (size_t)at;
		if ((c->arm || c->thumb) &&
		    !code_find_calls(f->machine, c, &f->list))
			return false;
		c->from = (size_t)at;
		c->arm = m->kind == 'a';
		c->thumb = m->kind == 't';
	}
	c->size = size;
	return (!c->arm && !c->thumb) ||
	       code_find_calls(f->machine, c, &f->list);
}

static int find_in_section(struct finder *f, size_t i, struct err *e)
{
	struct object_record *r = f->in->record;
	struct obj_section *s = &r->sections[i];
	Elf_Data *d = elf_rawdata(elf_getscn(f->in->elf, s->index), NULL);
	struct code_bytes c = {
		.largest = f->largest,
		.span = r->etype == ET_REL ? 0 : f->end - f->start,
		.big_endian = r->encoding == ELFDATA2MSB,
		.is_64bit = r->elf_class == ELFCLASS64,
	};

	if (!d || !d->d_buf || d->d_size != s->size)
		return err_set(e, ERR_FORMAT,
			       "truncated: section '%s' cannot be read",
			       s->name);
	c.bytes = d->d_buf;
	c.size = d->d_size;
	f->list.count = 0;
	if (r->machine == EM_ARM ? !scan_arm_stretches(f, i, &c)
				 : !code_find_calls(f->machine, &c, &f->list))
		return err_nomem(e);
	return keep_list(f, s, e);
}

static void grow_span(struct finder *f, const struct obj_section *s)
{
	if (s->addr < f->start)
		f->start = s->addr;
	if (s->addr <= UINT64_MAX - s->size && s->addr + s->size > f->end)
		f->end = s->addr + s->size;
}

int return_sites_find(struct elf_reading *in, struct err *e)
{
	struct object_record *rec = in->record;
	struct finder f = { .in = in, .mark = in->marks, .start = UINT64_MAX };
	int r = 0;

	f.machine = machine_of(rec->machine, rec->eflags);
	if (f.machine == CODE_UNKNOWN)
		return 0;
	for (size_t i = 0; i < rec->nsections; i++) {
		if (!is_code(&rec->sections[i]))
			continue;
		/* No kernel's code is that large: nothing is known of it. */
		if (!elf_may_read_once(in, rec->sections[i].index))
			return 0;
		if (rec->sections[i].size > f.largest)
			f.largest = (size_t)rec->sections[i].size;
		grow_span(&f, &rec->sections[i]);
	}
	for (size_t i = 0; i < rec->nsections && r == 0; i++)
		if (is_code(&rec->sections[i]))
			r = find_in_section(&f, i, e);
	rec->return_sites_known = r == 0;
	free(f.list.at);
	free(f.encoded);
	return r;
}
