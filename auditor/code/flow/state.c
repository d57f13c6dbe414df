/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/flow/state.h"
#include "code/flow/values_ask.h"

#include <string.h>

static bool before(const struct cell *c, uint32_t ident, int32_t disp)
{
	return c->ident != ident ? c->ident < ident : c->disp < disp;
}

static size_t place_of(const struct state *s, uint32_t ident, int32_t disp)
{
	size_t low = 0, high = s->ncells;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (before(&s->cells[mid], ident, disp))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

struct cell *state_cell(struct state *s, uint32_t ident, int32_t disp)
{
	size_t i = place_of(s, ident, disp);

	return i < s->ncells && s->cells[i].ident == ident &&
			       s->cells[i].disp == disp
		       ? &s->cells[i]
		       : NULL;
}

void state_cell_drop(struct state *s, struct cell *c)
{
	size_t i = (size_t)(c - s->cells);

	s->ncells--;
	memmove(c, c + 1, (s->ncells - i) * sizeof(*c));
}

void state_cell_set(struct state *s, uint32_t ident, int32_t disp, uint32_t set,
		    uint8_t size)
{
	size_t i = place_of(s, ident, disp);
	struct cell *c = &s->cells[i];

	if (i < s->ncells && c->ident == ident && c->disp == disp) {
		if (set == SET_ANY) {
			state_cell_drop(s, c);
		} else {
			c->set = set;
			c->size = size;
		}
		return;
	}
	if (set == SET_ANY || s->ncells == CELLS_MAX)
		return;
	memmove(c + 1, c, (s->ncells - i) * sizeof(*c));
	*c = (struct cell){ ident, disp, set, size };
	s->ncells++;
}

static bool some_descend(const struct values *v, uint32_t set, uint32_t ident)
{
	for (size_t i = 0; i < values_count(v, set); i++) {
		const struct atom *a = values_at(v, set, i);

		if ((a->kind == ATOM_SOME || a->kind == ATOM_NONZERO ||
		     a->kind == ATOM_POINTER || a->kind == ATOM_RESULT) &&
		    values_descends(v, a->ident, ident))
			return true;
	}
	return false;
}

/* Most do not, as a bit tells. */
static inline bool set_descends(const struct values *v, uint32_t set,
				uint32_t ident)
{
	return v->sets[set].idents >> (ident % 64) & 1 &&
	       some_descend(v, set, ident);
}

void state_kill(struct values *v, struct state *s, uint32_t ident)
{
	size_t kept = 0;

	for (size_t i = 0; i < REG_COUNT; i++)
		if (set_descends(v, s->reg[i], ident))
			s->reg[i] = SET_ANY;
	for (size_t i = 0; i < s->ncells; i++) {
		const struct cell *c = &s->cells[i];

		if ((c->ident != IDENT_STACK &&
		     values_descends(v, c->ident, ident)) ||
		    set_descends(v, c->set, ident))
			continue;
		if (kept != i)
			s->cells[kept] = *c;
		kept++;
	}
	s->ncells = (uint16_t)kept;
	if (set_descends(v, s->flags.set, ident))
		s->flags.kind = FLAGS_NONE;
	if (s->temp_known && s->temp_ident != IDENT_STACK &&
	    values_descends(v, s->temp_ident, ident))
		s->temp_known = false;
}

void state_replace(struct state *s, uint32_t from, uint32_t to)
{
	for (size_t i = 0; i < REG_COUNT; i++)
		if (s->reg[i] == from)
			s->reg[i] = to;
	for (size_t i = 0; i < s->ncells; i++)
		if (s->cells[i].set == from)
			s->cells[i].set = to;
}

static bool same_flags(const struct flags *a, const struct flags *b)
{
	return a->kind == b->kind && a->size == b->size && a->reg == b->reg &&
	       a->set == b->set && a->k == b->k && a->swapped == b->swapped &&
	       a->in_cell == b->in_cell &&
	       (!a->in_cell || (a->cell_ident == b->cell_ident &&
				a->cell_disp == b->cell_disp));
}

/* Cell c, whose set is to be that of both. */
static bool join_cell(struct values *v, struct cell *c, const struct cell *more)
{
	uint32_t old = c->set;

	if (old != more->set && !values_within(v, more->set, old))
		c->set = values_union(v, old, more->set);
	return c->set != old;
}

static bool join_cells(struct values *v, struct state *into,
		       const struct state *more)
{
	const struct cell *next = more->cells, *end = next + more->ncells;
	size_t kept = 0;
	bool changed = false;

	for (size_t i = 0; i < into->ncells; i++) {
		struct cell c = into->cells[i];

		while (next < end && before(next, c.ident, c.disp))
			next++;
		if (next == end || next->ident != c.ident ||
		    next->disp != c.disp || next->size != c.size) {
			changed = true;
			continue;
		}
		changed |= join_cell(v, &c, next);
		if (c.set != SET_ANY)
			into->cells[kept++] = c;
	}
	into->ncells = (uint16_t)kept;
	return changed;
}

bool state_join(struct values *v, struct state *into, const struct state *more)
{
	bool changed = false;

	for (size_t i = 0; i < REG_COUNT; i++) {
		uint32_t old = into->reg[i];

		if (old == more->reg[i] || old == SET_ANY ||
		    values_within(v, more->reg[i], old))
			continue;
		into->reg[i] = values_union(v, old, more->reg[i]);
		changed |= into->reg[i] != old;
	}
	if (into->flags.kind != FLAGS_NONE &&
	    !same_flags(&into->flags, &more->flags)) {
		into->flags = (struct flags){ .reg = REG_NONE };
		changed = true;
	}
	if (into->flags.holds && into->flags.holds != more->flags.holds) {
		into->flags.holds = 0;
		changed = true;
	}
	if (into->temp_known &&
	    (!more->temp_known || more->temp_ident != into->temp_ident ||
	     more->temp_disp != into->temp_disp)) {
		into->temp_known = false;
		changed = true;
	}
	return join_cells(v, into, more) || changed;
}
