/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/archive_rounds.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"

int rounds_add_member(struct rounds *r, uint64_t start, bool follows,
		      struct err *e)
{
	if (grow_room((void **)&r->members, r->nmembers, &r->members_capacity,
		      sizeof(*r->members)))
		return err_nomem(e);
	r->members[r->nmembers++] = (struct round_member){
		.start = start, .follows = follows && start == NOT_KNOWN
	};
	return 0;
}

int rounds_add_home(struct rounds *r, const char *section, uint64_t addr,
		    size_t member, struct err *e)
{
	uint64_t *number;
	bool added;

	if (grow_room((void **)&r->homes, r->nhomes, &r->homes_capacity,
		      sizeof(*r->homes)))
		return err_nomem(e);
	number = strmap_put(&r->names, section, strlen(section),
			    r->names.keys.count, &added);
	if (!number)
		return err_nomem(e);
	r->homes[r->nhomes++] = (struct round_home){ .name = *number,
						     .addr = addr,
						     .member = member };
	return 0;
}

void rounds_release(struct rounds *r)
{
	free(r->members);
	free(r->homes);
	strmap_release(&r->names);
}

/* ---- who is before whom ---- */

static int compare_member(const void *pa, const void *pb)
{
	const struct round_home *a = pa, *b = pb;

	if (a->name != b->name)
		return a->name < b->name ? -1 : 1;
	if (a->member != b->member)
		return a->member < b->member ? -1 : 1;
	return a->addr < b->addr ? -1 : a->addr > b->addr;
}

static int compare_addr(const void *pa, const void *pb)
{
	const struct round_home *a = pa, *b = pb;

	if (a->name != b->name)
		return a->name < b->name ? -1 : 1;
	if (a->addr != b->addr)
		return a->addr < b->addr ? -1 : 1;
	return a->member < b->member ? -1 : a->member > b->member;
}

/* The home right after this one, of another member; or NULL. */
static const struct round_home *successor(const struct rounds *r, size_t home)
{
	const struct round_home *h = &r->homes[home];

	return home + 1 < r->nhomes && h[1].name == h->name ? h + 1 : NULL;
}

static void chain_homes(struct rounds *r)
{
	size_t kept = 0;

	if (!r->nhomes)
		return;
	/* Of sections of one name in one member, the first. */
	qsort(r->homes, r->nhomes, sizeof(*r->homes), compare_member);
	for (size_t i = 0; i < r->nhomes; i++)
		if (!kept || r->homes[i].name != r->homes[kept - 1].name ||
		    r->homes[i].member != r->homes[kept - 1].member)
			r->homes[kept++] = r->homes[i];
	r->nhomes = kept;
	qsort(r->homes, r->nhomes, sizeof(*r->homes), compare_addr);
	for (size_t i = 0; i < r->nhomes; i++) {
		struct round_member *m = &r->members[r->homes[i].member];
		const struct round_home *next = successor(r, i);

		r->homes[i].next = m->first_home;
		m->first_home = i + 1;
		if (next)
			r->members[next->member].before++;
	}
}

/* ---- a heap of members, the first of the archive on top ---- */

struct heap {
	size_t *v;
	size_t n;
};

static void push(struct heap *h, size_t member)
{
	size_t i = h->n++;

	for (; i && h->v[(i - 1) / 2] > member; i = (i - 1) / 2)
		h->v[i] = h->v[(i - 1) / 2];
	h->v[i] = member;
}

static size_t pop(struct heap *h)
{
	size_t top = h->v[0], last = h->v[--h->n], i = 0, child;

	for (; (child = 2 * i + 1) < h->n; i = child) {
		if (child + 1 < h->n && h->v[child + 1] < h->v[child])
			child++;
		if (h->v[child] >= last)
			break;
		h->v[i] = h->v[child];
	}
	h->v[i] = last;
	return top;
}

/* ---- the rounds ---- */

struct walk {
	struct rounds *r;
	struct heap round,
		later;	     /* that may be taken: in this round, the next */
	struct heap waiting; /* may be taken, but would rather follow */
	size_t *by_start, nby_start, next_start;
	size_t at; /* the last one taken; or none, SIZE_MAX */
};

/* All of it that is known to be before is taken. */
static void offer(struct walk *w, size_t member)
{
	const struct round_member *m = &w->r->members[member];

	if (m->follows && !m[-1].taken)
		push(&w->waiting, member);
	else if (w->at == SIZE_MAX || member > w->at)
		push(&w->round, member);
	else
		push(&w->later, member);
}

static void take(struct walk *w, size_t member)
{
	struct rounds *r = w->r;
	struct round_member *m = &r->members[member];

	m->taken = true;
	w->at = member;
	for (size_t h = m->first_home; h; h = r->homes[h - 1].next) {
		const struct round_home *next = successor(r, h - 1);

		if (next && --r->members[next->member].before == 0 &&
		    !r->members[next->member].taken)
			offer(w, next->member);
	}
	/* It may be waiting: it is offered twice then, and taken once. */
	if (member + 1 < r->nmembers && m[1].follows && !m[1].taken &&
	    !m[1].before)
		offer(w, member + 1);
}

static int compare_start(const void *pa, const void *pb, void *context)
{
	const struct round_member *members = context;
	size_t a = *(const size_t *)pa, b = *(const size_t *)pb;

	if (members[a].start != members[b].start)
		return members[a].start < members[b].start ? -1 : 1;
	return a < b ? -1 : a > b;
}

/* Where symbols contradict each other (a weak one that is another's), code
 * decides. */
static size_t next_by_start(struct walk *w)
{
	while (w->r->members[w->by_start[w->next_start]].taken)
		w->next_start++;
	return w->by_start[w->next_start];
}

static size_t next_member(struct walk *w)
{
	struct heap swap;

	for (;;) {
		size_t member;

		if (!w->round.n) {
			swap = w->round;
			w->round = w->later;
			w->later = swap;
		}
		if (w->round.n)
			member = pop(&w->round);
		else if (w->waiting.n)
			member = pop(&w->waiting);
		else
			return next_by_start(w);
		if (!w->r->members[member].taken)
			return member;
	}
}

static void walk_members(struct walk *w, size_t *ret)
{
	struct rounds *r = w->r;

	for (size_t i = 0; i < r->nmembers; i++)
		w->by_start[i] = i;
	qsort_r(w->by_start, r->nmembers, sizeof(*w->by_start), compare_start,
		r->members);
	for (size_t i = 0; i < r->nmembers; i++)
		if (!r->members[i].before)
			offer(w, i);
	for (size_t i = 0; i < r->nmembers; i++) {
		ret[i] = next_member(w);
		take(w, ret[i]);
	}
}

int rounds_order(struct rounds *r, size_t *ret, struct err *e)
{
	/* A member is offered at most twice. */
	size_t room = 2 * r->nmembers + 2;
	struct walk w = { .r = r, .at = SIZE_MAX };
	int rc = 0;

	w.round.v = calloc(room, sizeof(size_t));
	w.later.v = calloc(room, sizeof(size_t));
	w.waiting.v = calloc(room, sizeof(size_t));
	w.by_start = calloc(room, sizeof(size_t));
	if (w.round.v && w.later.v && w.waiting.v && w.by_start) {
		chain_homes(r);
		walk_members(&w, ret);
	} else {
		rc = err_nomem(e);
	}
	free(w.round.v);
	free(w.later.v);
	free(w.waiting.v);
	free(w.by_start);
	return rc;
}
