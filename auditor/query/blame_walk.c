/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/blame_walk.h"

#include <stdlib.h>
#include <string.h>

int blame_walk_init(struct blame_walk *w, const struct database *d,
		    const struct lineage *l, struct err *e)
{
	size_t n = l->nbuilds + 1;

	*w = (struct blame_walk){ .lineage = l, .match = { .d = d } };
	w->newest = calloc(n, sizeof(*w->newest));
	w->first_child = calloc(n, sizeof(*w->first_child));
	w->next_child = calloc(n, sizeof(*w->next_child));
	w->states = calloc(n, sizeof(*w->states));
	w->queue = calloc(n, sizeof(*w->queue));
	w->what = calloc(n, sizeof(*w->what));
	if (!w->newest || !w->first_child || !w->next_child || !w->states ||
	    !w->queue || !w->what)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++)
		w->first_child[i] = w->next_child[i] = LINEAGE_NONE;
	for (uint32_t i = 0; i < l->nbuilds; i++) {
		uint32_t base = l->builds[i].base.build;

		w->newest[l->builds[i].place] = i;
		if (base == LINEAGE_NONE)
			continue;
		w->next_child[i] = w->first_child[base];
		w->first_child[base] = i;
	}
	return 0;
}

void blame_walk_release(struct blame_walk *w)
{
	free(w->newest);
	free(w->first_child);
	free(w->next_child);
	free(w->states);
	free(w->queue);
	free(w->what);
	symbol_match_release(&w->match);
}

/* Where it is not, or nobody knows: at the same path, by its name. */
static int look_again(struct blame_walk *w, uint32_t build,
		      const struct symbol_place *was, bool was_present,
		      struct blame_state *ret, struct err *e)
{
	struct blame_state s = { .visited = true, .place = *was };
	int64_t footprint, size;
	int r = symbol_match_footprint(&w->match, w->lineage->builds[build].id,
				       was->path, &footprint, &size, e);

	if (r == 1 && w->object) {
		s.present = true;
		s.place.footprint = footprint;
		s.place.size = size;
	} else if (r == 1 && (was_present || footprint != was->footprint)) {
		s.place.footprint = footprint;
		r = symbol_match_named(&w->match, was->path, footprint,
				       was->norm, &s.place, e);
		s.present = r == 1;
	}
	*ret = s;
	return r < 0 ? r : 0;
}

static int cross_object(struct blame_walk *w, const struct symbol_place *from,
			int64_t from_build, int64_t to_build,
			struct symbol_place *ret, enum compare_what *ret_what,
			struct err *e)
{
	*ret_what = COMPARE_SAME;
	*ret = *from;
	int r = symbol_match_footprint(&w->match, to_build, from->path,
				       &ret->footprint, &ret->size, e);

	if (r)
		return r;
	*ret_what = COMPARE_MOVED;
	return object_match_moved(&w->match, from->footprint, from_build,
				  to_build, &ret->path, e);
}

/* From one end of an edge to the other; one of them is the other's base. */
static int cross(struct blame_walk *w, uint32_t from, uint32_t to,
		 bool from_is_base, struct err *e)
{
	const struct blame_state *f = &w->states[from];
	int64_t from_id = w->lineage->builds[from].id;
	int64_t to_id = w->lineage->builds[to].id;
	enum compare_what *what = &w->what[from_is_base ? to : from];
	struct blame_state s = { .visited = true, .place = f->place };
	int r;

	if (!f->present)
		return look_again(w, to, &f->place, false, &w->states[to], e);
	if (w->object)
		r = cross_object(w, &f->place, from_id, to_id, &s.place, what,
				 e);
	else
		r = symbol_match_across(&w->match, &f->place, from_id, to_id,
					from_is_base, &s.place, what, e);
	if (r < 0)
		return r;
	s.present = r == 1;
	/* Gone: where the object stays, its footprint says so. */
	if (!s.present)
		s.place.footprint = 0;
	w->states[to] = s;
	return 0;
}

/* All builds that hang together. */
static int spread(struct blame_walk *w, uint32_t seed, struct err *e)
{
	size_t n = 0;
	int r = 0;

	w->queue[n++] = seed;
	for (size_t at = 0; at < n && r == 0; at++) {
		uint32_t from = w->queue[at];
		uint32_t to = w->lineage->builds[from].base.build;

		if (to != LINEAGE_NONE && !w->states[to].visited) {
			r = cross(w, from, to, false, e);
			w->queue[n++] = to;
		}
		for (to = w->first_child[from]; to != LINEAGE_NONE && r == 0;
		     to = w->next_child[to]) {
			if (w->states[to].visited)
				continue;
			r = cross(w, from, to, true, e);
			w->queue[n++] = to;
		}
	}
	return r;
}

int blame_walk_run(struct blame_walk *w, bool object, uint32_t seed,
		   const struct symbol_place *place, struct err *e)
{
	const size_t n = w->lineage->nbuilds;
	int r;

	w->object = object;
	memset(w->states, 0, n * sizeof(*w->states));
	memset(w->what, 0, n * sizeof(*w->what));
	w->states[seed] = (struct blame_state){ true, true, *place };
	r = spread(w, seed, e);
	/* Histories that have no build in common with it: by name. */
	for (size_t i = 0; i < n && r == 0; i++) {
		uint32_t other = w->newest[i];

		if (w->states[other].visited)
			continue;
		r = look_again(w, other, place, true, &w->states[other], e);
		if (r == 0 && w->states[other].present)
			r = spread(w, other, e);
	}
	return r;
}
