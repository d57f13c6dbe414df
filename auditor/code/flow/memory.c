/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells of memory: stack slots, and fields of what a register points to.
 */
#include "code/flow/memory.h"

#include "code/flow/address.h"
#include "code/flow/prints.h"
#include "code/flow/registers.h"
#include "code/flow/stack.h"
#include "code/flow/values_ask.h"

/* Who reads through a pointer believes that it is one. */
static void believe_pointer(struct flow *f, struct state *s,
			    const struct memory *m)
{
	uint32_t set, atoms[SET_MAX];
	size_t n;
	bool news = false;

	if (m->segment || m->absolute || m->base == REG_NONE ||
	    m->base == f->m->sp || m->index != REG_NONE || m->disp <= -4096 ||
	    m->disp >= 4096)
		return;
	set = s->reg[m->base];
	n = values_count(&f->v, set);
	if (set == SET_ANY || n > 6)
		return;
	for (size_t i = 0; i < n; i++) {
		struct atom a = *values_at(&f->v, set, i);

		if (a.kind == ATOM_SOME || a.kind == ATOM_PARAM ||
		    a.kind == ATOM_NONZERO) {
			a.ident = values_ident_of(&f->v, &a);
			a.kind = ATOM_POINTER;
			a.v = 0;
			news = true;
		}
		atoms[i] = values_atom(&f->v, a);
	}
	if (news)
		state_replace(s, set, values_set(&f->v, atoms, n));
}

/* ---- loads ---- */

static void note_temp(struct state *s, const struct insn *i, bool known,
		      uint32_t ident, int32_t disp)
{
	if (i->dst != REG_TEMP)
		return;
	s->temp_known = known;
	s->temp_ident = ident;
	s->temp_disp = disp;
}

void flow_load(struct flow *f, struct state *s, const struct insn *i,
	       uint32_t step)
{
	uint32_t ident = IDENT_NONE;
	int32_t disp = 0;
	struct cell *c = NULL;
	bool placed;

	believe_pointer(f, s, &i->mem);
	placed = flow_place_of(f, s, &i->mem, step, &ident, &disp);
	if (placed)
		c = state_cell(s, ident, disp);
	if (!c && (!placed || ident != IDENT_STACK))
		c = flow_reloaded(f, s, &i->mem, step);
	if (c && i->size <= c->size) {
		placed = true;
		ident = c->ident;
		disp = c->disp;
		flow_set(f, s, i->dst, c->set, i->size);
	} else {
		flow_set(f, s, i->dst, SET_ANY, 8);
		if (placed && (ident != IDENT_STACK || !flow_escaped(f, disp)))
			state_cell_set(s, ident, disp,
				       flow_get(f, s, i->dst, step), i->size);
	}
	note_temp(s, i, placed, ident, disp);
}

/* ---- stores ---- */

static void drop_cells(struct flow *f, struct state *s,
		       bool (*goes)(struct flow *, const struct cell *,
				    const void *),
		       const void *arg)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->ncells; i++)
		if (!goes(f, &s->cells[i], arg))
			s->cells[kept++] = s->cells[i];
	s->ncells = (uint16_t)kept;
}

/* Instead of a register: the place that a step writes. */
#define PUT_SOMEWHERE (REG_COUNT + 1)

struct written {
	uint32_t ident;
	int32_t disp;
	uint8_t size;
};

/* Two pointers with one displacement may be the same; with others they are
 * not thought to be. */
static bool overwritten(struct flow *f, const struct cell *c, const void *arg)
{
	const struct written *w = arg;
	bool overlaps = c->disp < w->disp + w->size &&
			w->disp < c->disp + c->size;

	(void)f;
	if ((c->ident == IDENT_STACK) != (w->ident == IDENT_STACK))
		return false;
	return overlaps && !(c->ident == w->ident && c->disp == w->disp);
}

/* A store to nobody knows where: what holds a result is thought to be some
 * other place, or no loop over an array would keep one. */
static bool in_memory(struct flow *f, const struct cell *c, const void *arg)
{
	(void)arg;
	return c->ident != IDENT_STACK && !flow_has_result(f, c->set);
}

static bool on_escaped_stack(struct flow *f, const struct cell *c,
			     const void *arg)
{
	(void)arg;
	return c->ident == IDENT_STACK && flow_escaped(f, c->disp);
}

static uint32_t narrowed(struct flow *f, uint32_t set, uint8_t size)
{
	uint32_t atoms[SET_MAX];
	size_t n = values_count(&f->v, set);

	if (set == SET_ANY || size >= 8)
		return set;
	for (size_t i = 0; i < n; i++) {
		struct atom a = *values_at(&f->v, set, i);

		if (a.kind == ATOM_CONST)
			a.v = flow_mask(a.v, size);
		else if (size < 4)
			return SET_ANY;
		atoms[i] = values_atom(&f->v, a);
	}
	return values_set(&f->v, atoms, n);
}

static void note_put(struct flow *f, const struct insn *i, uint32_t ident,
		     int32_t disp)
{
	f->put.known = true;
	f->put.ident = ident;
	f->put.disp = disp;
	f->put.operand = (int32_t)i->mem.disp;
}

/* A result in an element nobody knows which: in a place of its own, that the
 * next test of the element finds (flow_reloaded). */
static void put_somewhere(struct flow *f, struct state *s, const struct insn *i,
			  uint32_t set, uint32_t step)
{
	bool fresh;
	uint32_t ident = values_ident(&f->v, IDENT_MADE, step, PUT_SOMEWHERE,
				      &fresh);

	if (!fresh)
		state_kill(&f->v, s, ident);
	state_cell_set(s, ident, (int32_t)i->mem.disp, set, i->size);
	note_put(f, i, ident, (int32_t)i->mem.disp);
}

void flow_store(struct flow *f, struct state *s, const struct insn *i,
		uint32_t step)
{
	uint32_t set = flow_value(f, s, &i->a, step);
	struct written w = { .size = i->size };

	believe_pointer(f, s, &i->mem);
	if (f->put.operand == (int32_t)i->mem.disp)
		f->put.known = false;
	if (!flow_place_of(f, s, &i->mem, step, &w.ident, &w.disp)) {
		if (i->mem.base == f->m->sp)
			drop_cells(f, s, on_escaped_stack, NULL);
		else if (!i->mem.segment)
			drop_cells(f, s, in_memory, NULL);
		f->r.writes_anything |= !i->mem.segment;
		if (i->mem.segment || i->mem.base == f->m->sp)
			return;
		flow_stored(f, set, step);
		if (i->mem.index != REG_NONE && flow_has_result(f, set))
			put_somewhere(f, s, i, set, step);
		return;
	}
	if (w.ident == IDENT_STACK) {
		if (i->push)
			flow_note_push(f, w.disp);
	} else {
		f->r.writes_anything = true;
		writes_add(&f->r.writes, w.disp);
		flow_stored(f, set, step);
	}
	drop_cells(f, s, overwritten, &w);
	state_cell_set(s, w.ident, w.disp, narrowed(f, set, i->size), i->size);
	if (w.ident != IDENT_STACK && flow_has_result(f, set))
		note_put(f, i, w.ident, w.disp);
}

/* A string instruction writes from a pointer on. */
static bool of_ident(struct flow *f, const struct cell *c, const void *arg)
{
	const uint32_t *ident = arg;

	return c->ident == *ident ||
	       (*ident == IDENT_NONE && in_memory(f, c, NULL)) ||
	       (c->ident == IDENT_STACK && flow_escaped(f, c->disp));
}

void flow_write_memory(struct flow *f, struct state *s, const struct insn *i)
{
	uint32_t ident = IDENT_NONE;

	f->r.writes_anything = true;
	if (i->mem.base != REG_NONE) {
		uint32_t set = s->reg[i->mem.base];

		ident = flow_common_ident(f, set);
		/* Of a local: its address was taken. */
		if (set != SET_ANY && values_count(&f->v, set) == 1 &&
		    values_at(&f->v, set, 0)->kind == ATOM_STACK)
			ident = IDENT_STACK - 1;
	}
	drop_cells(f, s, of_ident, &ident);
}

/* ---- calls ---- */

/*
 * What a callee may have written.  A cell that holds a result which nobody
 * has tested yet outlives calls unless the callee is known to write such a
 * field: drivers allocate several things first and test them later.
 */
static bool forgotten(struct flow *f, const struct cell *c, const void *arg)
{
	const struct flow_callee *callee = arg;

	if (c->ident == IDENT_STACK)
		return flow_escaped(f, c->disp);
	if (!flow_has_result(f, c->set))
		return true;
	return callee->writes_known && writes_may(&callee->writes, c->disp);
}

void flow_forget(struct flow *f, struct state *s, const struct flow_callee *c)
{
	if (!c->writes_nothing)
		drop_cells(f, s, forgotten, c);
}
