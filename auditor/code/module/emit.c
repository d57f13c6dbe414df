/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/module/emit.h"

#include "support/grow.h"

/* Cases of one switch, at most: no kernel's has so many. */
#define CASES_MAX 2048

struct insn *emit(struct decoder *d, enum op op)
{
	struct code_lifted *to = d->to;
	struct insn *i = &d->spare;

	if (grow_room((void **)&to->insns, to->ninsns, &to->capacity,
		      sizeof(*to->insns)))
		to->nomem = true;
	else
		i = &to->insns[to->ninsns++];
	memset(i, 0, sizeof(*i));
	i->op = (uint8_t)op;
	i->at = (uint32_t)to->nwhere - 1;
	i->mem.base = i->mem.index = REG_NONE;
	return i;
}

void where_add(struct decoder *d, uint64_t offset, uint8_t len)
{
	struct code_lifted *to = d->to;

	if (grow_room((void **)&to->where, to->nwhere, &to->where_capacity,
		      sizeof(*to->where))) {
		to->nomem = true;
		return;
	}
	to->where[to->nwhere++] = (struct code_where){
		CODE_AT(d->section, offset), (uint32_t)to->ninsns, len
	};
}

bool op_symbol(const struct decoder *d, uint32_t symbol, int64_t addend,
	       struct operand *ret)
{
	const struct code_symbol *s = &d->o->symbols[symbol];

	*ret = (struct operand){ .kind = OPERAND_ADDRESS,
				 .symbol = UINT32_MAX };
	if (s->section == CODE_SECTION_NONE) {
		ret->symbol = symbol;
		ret->value = (uint64_t)addend;
	} else {
		ret->value = CODE_AT(s->section, s->value + (uint64_t)addend);
	}
	return true;
}

const struct code_reloc *reloc_in(const struct decoder *d, uint64_t from,
				  uint64_t to)
{
	const struct code_reloc *r = d->s->relocs;
	size_t low = 0, high = d->s->nrelocs;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (r[mid].offset < from)
			low = mid + 1;
		else
			high = mid;
	}
	return low < d->s->nrelocs && r[low].offset < to ? &r[low] : NULL;
}

size_t mark_after(const struct code_object *o, uint32_t section, uint64_t at)
{
	size_t low = 0, high = o->nmarks;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct code_mark *m = &o->marks[mid];

		if (m->section < section ||
		    (m->section == section && m->offset <= at))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void emit_move(struct decoder *d, uint8_t dst, struct operand a, uint8_t size)
{
	struct insn *i = emit(d, OP_MOVE);

	i->dst = dst;
	i->a = a;
	i->size = size;
}

void emit_load(struct decoder *d, uint8_t dst, const struct memory *m,
	       uint8_t size)
{
	struct insn *i = emit(d, OP_LOAD);

	i->dst = dst;
	i->mem = *m;
	i->size = size;
}

struct insn *emit_store(struct decoder *d, const struct memory *m,
			struct operand a, uint8_t size)
{
	struct insn *i = emit(d, OP_STORE);

	i->mem = *m;
	i->a = a;
	i->size = size;
	return i;
}

void emit_alu(struct decoder *d, enum alu alu, uint8_t dst, struct operand a,
	      struct operand b, uint8_t size, bool flags)
{
	struct insn *i = emit(d, OP_ALU);

	i->alu = (uint8_t)alu;
	i->dst = dst;
	i->a = a;
	i->b = b;
	i->size = size;
	i->flags = flags;
}

void emit_compare(struct decoder *d, enum op op, struct operand a,
		  struct operand b, uint8_t size)
{
	struct insn *i = emit(d, op);

	i->a = a;
	i->b = b;
	i->size = size;
}

void emit_unknown(struct decoder *d, uint8_t dst)
{
	emit(d, OP_UNKNOWN)->dst = dst;
}

void emit_extend(struct decoder *d, uint8_t dst, struct operand a, uint8_t from,
		 bool sign, uint8_t size)
{
	struct insn *i = emit(d, OP_EXTEND);

	i->dst = dst;
	i->a = a;
	i->from = from;
	i->sign = sign;
	i->size = size;
}

uint32_t skip_begin(struct decoder *d, enum cond unless)
{
	struct insn *i = emit(d, OP_BRANCH);

	i->cond = (uint8_t)unless;
	i->target_kind = TARGET_STEP;
	return (uint32_t)d->to->ninsns - 1;
}

void skip_end(struct decoder *d, uint32_t skip)
{
	if (!d->to->nomem)
		d->to->insns[skip].target = d->to->ninsns;
}

void emit_select(struct decoder *d, enum cond cond, uint8_t dst,
		 struct operand yes, struct operand no, uint8_t size)
{
	uint32_t first, second;

	if (op_is_reg(&no, dst)) {
		first = skip_begin(d, cond ^ 1);
		emit_move(d, dst, yes, size);
		skip_end(d, first);
		return;
	}
	first = skip_begin(d, cond);
	emit_move(d, dst, no, size);
	second = (uint32_t)d->to->ninsns;
	emit(d, OP_JUMP)->target_kind = TARGET_STEP;
	skip_end(d, first);
	emit_move(d, dst, yes, size);
	skip_end(d, second);
}

void set_target(struct decoder *d, struct insn *i, const struct code_reloc *r,
		int64_t addend, uint64_t offset)
{
	const struct code_symbol *s;

	if (!r) {
		i->target_kind = TARGET_AT;
		i->target = CODE_AT(d->section, offset);
		return;
	}
	s = &d->o->symbols[r->symbol];
	if (s->section == CODE_SECTION_NONE) {
		i->target_kind = TARGET_SYMBOL;
		i->target = r->symbol;
	} else {
		i->target_kind = TARGET_AT;
		i->target = CODE_AT(s->section, s->value + (uint64_t)addend);
	}
}

bool add_case(struct decoder *d, uint64_t at)
{
	struct code_lifted *to = d->to;

	if (grow_room((void **)&to->targets, to->ntargets,
		      &to->targets_capacity, sizeof(*to->targets))) {
		to->nomem = true;
		return false;
	}
	to->targets[to->ntargets++] = at;
	return true;
}

void emit_switch_table(struct decoder *d, uint32_t section, uint64_t at)
{
	const struct code_section *s = section < d->o->nsections
					       ? &d->o->sections[section]
					       : NULL;
	uint32_t first = (uint32_t)d->to->ntargets;
	struct decoder table = *d;
	struct insn *i;
	uint8_t word = d->isa == ISA_X86_64 || d->isa == ISA_ARM64 ? 8 : 4;

	if (s) {
		table.s = s;
		for (size_t n = 0; n < CASES_MAX; n++, at += word) {
			const struct code_reloc *r = reloc_in(&table, at,
							      at + 1);
			const struct code_symbol *y;

			if (!r || r->kind != RELOC_ABS)
				break;
			y = &d->o->symbols[r->symbol];
			if (y->section == CODE_SECTION_NONE ||
			    !d->o->sections[y->section].code)
				break;
			if (!add_case(d,
				      CODE_AT(y->section,
					      y->value + (uint64_t)r->addend)))
				break;
		}
	}
	i = emit(d, OP_SWITCH);
	i->cases.first = first;
	i->cases.ntargets = (uint32_t)d->to->ntargets - first;
}
