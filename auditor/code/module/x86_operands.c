/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/module/x86_operands.h"

#include "code/module/emit.h"

/* The place that the relocation at offset `field` of *i stands for. */
static bool relocated(const struct decoder *d, const struct x86_decoded *i,
		      uint8_t field, struct operand *ret,
		      const struct code_reloc **ret_reloc)
{
	const struct code_reloc *r = field ? reloc_in(d, i->address + field,
						      i->address + field + 1)
					   : NULL;
	int64_t addend;

	if (!r || r->kind == RELOC_OTHER)
		return false;
	addend = r->addend;
	if (r->kind == RELOC_PC ||
	    (r->kind == RELOC_GOT && d->isa == ISA_X86_64))
		addend += (int64_t)i->size - field;
	*ret_reloc = r;
	return op_symbol(d, r->symbol, addend, ret);
}

static void apply_relocations(const struct decoder *d,
			      const struct x86_decoded *i,
			      struct x86_operand *o, size_t n)
{
	const struct code_reloc *r;
	struct operand place;

	for (size_t k = 0; k < n; k++) {
		if (!o[k].is_memory && o[k].value.kind == OPERAND_IMM &&
		    relocated(d, i, i->imm_offset, &place, &r)) {
			o[k].value = place;
		} else if (o[k].is_memory &&
			   relocated(d, i, i->disp_offset, &place, &r)) {
			/* The slot of the GOT holds the address. */
			if (r->kind == RELOC_GOT) {
				o[k].is_memory = false;
				o[k].value = place;
				continue;
			}
			o[k].mem.absolute = true;
			o[k].mem.symbol = place.symbol;
			o[k].mem.at = place.value;
			o[k].mem.disp = 0;
		} else if (o[k].is_memory && o[k].mem.base == REG_NONE &&
			   i->has_modrm && o[k].mem.index == REG_NONE) {
			/* A number as address, or rip without a relocation. */
			o[k].mem.segment = true;
		}
	}
}

size_t x86_operands(const struct decoder *d, const struct x86_decoded *i,
		    struct x86_operand o[X86_OPERANDS])
{
	memcpy(o, i->operands, i->noperands * sizeof(*o));
	memset(o + i->noperands, 0, (X86_OPERANDS - i->noperands) * sizeof(*o));
	for (size_t k = 0; k < i->noperands; k++)
		/* Nobody knows where it is. */
		o[k].mem.segment |= o[k].rip && !d->s->nrelocs;
	if (!i->direct)
		apply_relocations(d, i, o, i->noperands);
	return i->noperands;
}

struct operand x86_source(struct decoder *d, const struct x86_operand *o,
			  uint8_t temp)
{
	if (!o->is_memory)
		return o->value;
	emit_load(d, temp, &o->mem, o->size);
	return op_reg(temp);
}

void x86_target(struct decoder *d, struct insn *i,
		const struct x86_decoded *from, uint64_t to)
{
	uint64_t end = from->address + from->size;
	const struct code_reloc *r = reloc_in(d, from->address + 1, end);

	if (r && r->kind == RELOC_PC)
		set_target(d, i, r, r->addend + (int64_t)(end - r->offset), 0);
	else if (!r)
		set_target(d, i, NULL, 0, to);
}
