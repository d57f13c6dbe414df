/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/pair/pair.h"
#include "trace/pair/stack.h"

#include <stdlib.h>
#include <string.h>

#include "trace/pair/live.h"

int pair_init(struct pair *p, struct trace_names *names,
	      struct trace_counts *counts, uint64_t page_size,
	      struct pair_sink sink)
{
	*p = (struct pair){
		.names = names,
		.counts = counts,
		.sink = sink,
		.page_size = page_size,
		.live_free = U64MAP_NONE,
	};
	return timeline_init(&p->timeline);
}

void pair_release(struct pair *p)
{
	rollups_release(&p->rollups);
	timeline_release(&p->timeline);
	changes_release(&p->changes);
	for (int i = 0; i < SPACE_COUNT; i++)
		u64map_release(&p->spaces[i]);
	free(p->live);
	free(p->cpus);
	p->live = NULL;
	p->cpus = NULL;
}

static enum pair_space space_of(uint8_t kind)
{
	return kind == KIND_PAGE     ? SPACE_PAGE
	       : kind == KIND_PERCPU ? SPACE_PERCPU
				     : SPACE_SLAB;
}

static struct pair_cpu *cpu_of(struct pair *p, uint16_t cpu)
{
	size_t i = cpu == EVENT_CPU_NONE ? 0 : (size_t)cpu + 1;

	if (i >= p->cpu_count) {
		size_t count = i + 64;
		struct pair_cpu *grown = realloc(p->cpus,
						 count * sizeof(*grown));

		if (!grown)
			return NULL;
		for (size_t k = p->cpu_count; k < count; k++)
			grown[k] = (struct pair_cpu){
				.last = { U64MAP_NONE, 0, 0 },
			};
		p->cpus = grown;
		p->cpu_count = count;
	}
	return &p->cpus[i];
}

/* An old free is late when it comes from another CPU than the one that has
 * the pointer by now; on one CPU order is order. */
static bool late_is_possible(const struct pair *p, const struct event *ev)
{
	return !p->modern && ev->cpu != EVENT_CPU_NONE &&
	       !(ev->flags & (EVENT_NO_TIME | EVENT_TICKS));
}

/* The oldest n of those whose free may be late are given up. */
static int give_up_late(struct pair *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct pair_late *l = &p->late[i];

		if (pair_live_end(p, l->live, ALLOC_IMPLICIT, l->at_ns, 0))
			return -1;
	}
	p->late_count -= n;
	memmove(p->late, p->late + n, p->late_count * sizeof(p->late[0]));
	return 0;
}

static int expire_late(struct pair *p, uint64_t now_ns)
{
	size_t n = 0;

	while (n < p->late_count && now_ns - p->late[n].at_ns > PAIR_LATE_NS)
		n++;
	return n ? give_up_late(p, n) : 0;
}

/* The pointer of a live allocation came again. */
static int displace(struct pair *p, uint32_t live, const struct event *ev)
{
	uncount_live(p, live);
	if (p->live[live].a.kind != KIND_CACHE || !late_is_possible(p, ev))
		return pair_live_end(p, live, ALLOC_IMPLICIT, ev->time_ns, 0);
	if (p->late_count == PAIR_LATE_MAX && give_up_late(p, 1))
		return -1;
	p->late[p->late_count++] = (struct pair_late){
		.live = live,
		.cpu = ev->cpu,
		.at_ns = ev->time_ns,
	};
	return 0;
}

/* 1 where the free belongs to an earlier owner of its pointer. */
static int take_late(struct pair *p, const struct event *ev)
{
	if (ev->name != EVENT_KMEM_CACHE_FREE || !late_is_possible(p, ev))
		return 0;
	for (size_t i = 0; i < p->late_count; i++) {
		struct pair_late l = p->late[i];

		if (p->live[l.live].a.ptr != ev->ptr || l.cpu == ev->cpu)
			continue;
		p->late_count--;
		memmove(&p->late[i], &p->late[i + 1],
			(p->late_count - i) * sizeof(p->late[0]));
		p->live[l.live].a.flags |= ALLOC_LATE_FREE;
		p->counts->late_free++;
		pair_live_cache(p, l.live, ev->cache);
		return pair_live_end(p, l.live, ALLOC_FREED, ev->time_ns,
				     ev->site)
			       ? -1
			       : 1;
	}
	return 0;
}

/*
 * From 6.11 to 6.19 a large kmalloc is traced by the function that does it
 * and by the one that called that; the second knows the caller.
 */
static bool is_doubled(const struct pair *p, uint32_t live,
		       const struct event *ev, const struct pair_last *last)
{
	const struct pair_live *l = &p->live[live];

	return last->live == live && last->generation == l->generation &&
	       ev->name == EVENT_KMALLOC && l->a.kind == KIND_MALLOC &&
	       l->a.bytes_req == ev->bytes_req &&
	       l->a.bytes_alloc == ev->bytes_alloc && p->modern &&
	       ev->bytes_alloc > 2 * p->page_size &&
	       ev->bytes_alloc % p->page_size == 0;
}

static int merge_doubled(struct pair *p, uint32_t live, const struct event *ev,
			 uint64_t change)
{
	struct pair_live *l = &p->live[live];

	p->counts->doubled++;
	l->a.flags |= ALLOC_DOUBLED;
	l->a.site = ev->site;
	l->a.stack = 0;
	changes_correct(&p->changes, change, ev->site, false);
	return pair_live_move(p, live);
}

static struct allocation from_event(const struct pair *p,
				    const struct event *ev)
{
	struct allocation a = {
		.alloc_ns = ev->time_ns,
		.ptr = ev->ptr,
		.bytes_req = ev->bytes_req,
		.bytes_alloc = ev->bytes_alloc,
		.site = ev->site,
		.gfp = ev->gfp,
		.cache = ev->cache,
		.comm = ev->comm,
		.pid = ev->pid,
		.node = ev->node,
		.cpu = ev->cpu,
		.kind = ev->kind,
		.end = ALLOC_LIVE,
	};

	if (ev->kind == KIND_PAGE && ev->order <= EVENT_ORDER_MAX)
		a.bytes_req = a.bytes_alloc = p->page_size << ev->order;
	return a;
}

static bool is_null(const struct pair *p, const struct event *ev)
{
	if (ev->flags & EVENT_PTR_NULL)
		return true;
	if (ev->flags & EVENT_PTR_HIDDEN || ev->kind == KIND_PAGE)
		return false;
	/* 0x10 is ZERO_SIZE_PTR: what kmalloc(0) returns and kfree ignores. */
	return ev->ptr == 0x10 ||
	       (p->null_hash.found && p->null_hash.found == ev->ptr &&
		ev->kind == KIND_MALLOC);
}

static int unknown_alloc(struct pair *p, uint32_t row, struct allocation *a)
{
	struct rollup *x;

	rollups_add(&p->rollups, row, a->bytes_req, a->bytes_alloc);
	rollups_die(&p->rollups, row, a->bytes_req, a->bytes_alloc);
	x = &p->rollups.rows[row];
	x->unknown++;
	x->unknown_bytes += a->bytes_alloc;
	a->end = ALLOC_UNKNOWN;
	a->ptr = 0;
	return p->sink.allocation(p->sink.ctx, a);
}

/* Of a size that can be, alone and in the sums?  Text was refused before. */
static bool is_sane(struct pair *p, const struct allocation *a, uint8_t order)
{
	if (a->bytes_alloc > EVENT_BYTES_MAX || a->bytes_req > a->bytes_alloc ||
	    order > EVENT_ORDER_MAX ||
	    a->bytes_alloc > PAIR_BYTES_MAX - p->bytes)
		return false;
	p->bytes += a->bytes_alloc;
	return true;
}

static int on_alloc(struct pair *p, const struct event *ev,
		    struct pair_last *last)
{
	struct u64map *space = &p->spaces[space_of(ev->kind)];
	uint32_t row = rollups_row(&p->rollups, ev->site, ev->kind, 0);
	struct allocation a = from_event(p, ev);
	uint32_t old, live;

	last->live = U64MAP_NONE;
	if (row == ROLLUP_NONE)
		return pair_nomem(p);
	if (is_null(p, ev)) {
		p->rollups.rows[row].failed++;
		return 0;
	}
	if (!is_sane(p, &a, ev->order)) {
		p->counts->unreadable++;
		return 0;
	}
	rollups_note_cache(&p->rollups, row, ev->cache, false);
	if (ev->flags & EVENT_PTR_HIDDEN) {
		p->counts->hidden_alloc++;
		return unknown_alloc(p, row, &a);
	}
	if (ev->kind == KIND_MALLOC && !p->null_hash.found)
		null_hash_alloc(&p->null_hash, ev->ptr);
	old = u64map_get(space, ev->ptr);
	if (old != U64MAP_NONE && displace(p, old, ev))
		return -1;
	live = pair_live_new(p, &a, row);
	if (live == U64MAP_NONE || u64map_put(space, ev->ptr, live))
		return pair_nomem(p);
	last->live = live;
	last->generation = p->live[live].generation;
	last->change = changes_last(&p->changes);
	return 0;
}

/* Alloc events that may be the second of one kmalloc. */
static int on_alloc_event(struct pair *p, const struct event *ev,
			  struct pair_last *last)
{
	uint32_t old;

	if (ev->flags & EVENT_MODERN)
		p->modern = true;
	if (last->live != U64MAP_NONE && ev->kind == KIND_MALLOC) {
		old = u64map_get(&p->spaces[SPACE_SLAB], ev->ptr);
		if (old != U64MAP_NONE && is_doubled(p, old, ev, last))
			return merge_doubled(p, old, ev, last->change);
	}
	return on_alloc(p, ev, last);
}

static int unmatched(struct pair *p, const struct event *ev, uint32_t row)
{
	struct rollup *rows = p->rollups.rows;
	const uint32_t *proof = NULL;

	rows[row].unmatched_free++;
	p->counts->unmatched_free++;
	if (ev->name == EVENT_KFREE && !p->null_hash.found &&
	    (ev->flags & EVENT_PTR_HASHED || p->names->pointer_bits == 32))
		proof = null_hash_free(&p->null_hash, ev->ptr, row);
	if (!proof)
		return 0;
	p->counts->hashed_null = true;
	p->counts->unmatched_free -= NULL_HASH_PROOF;
	p->counts->null_free += NULL_HASH_PROOF;
	for (int i = 0; i < NULL_HASH_PROOF; i++) {
		rows[proof[i]].unmatched_free--;
		rows[proof[i]].null_free++;
	}
	return 0;
}

static int on_free(struct pair *p, const struct event *ev)
{
	uint32_t row, live;
	int late;

	if (!is_null(p, ev) && !(ev->flags & EVENT_PTR_HIDDEN)) {
		late = take_late(p, ev);
		if (late)
			return late < 0 ? -1 : 0;
		live = u64map_take(&p->spaces[space_of(ev->kind)], ev->ptr);
		if (live != U64MAP_NONE) {
			pair_live_cache(p, live, ev->cache);
			uncount_live(p, live);
			return pair_live_end(p, live, ALLOC_FREED, ev->time_ns,
					     ev->site);
		}
	}
	row = rollups_row(&p->rollups, ev->site, ev->kind, 0);
	if (row == ROLLUP_NONE)
		return pair_nomem(p);
	if (is_null(p, ev)) {
		p->rollups.rows[row].null_free++;
		p->counts->null_free++;
		return 0;
	}
	p->counts->hidden_free += ev->flags & EVENT_PTR_HIDDEN ? 1 : 0;
	if (!(ev->flags & EVENT_PTR_HIDDEN))
		return unmatched(p, ev, row);
	p->rollups.rows[row].unmatched_free++;
	p->counts->unmatched_free++;
	return 0;
}

/* first: no event was before it.  Its time may be 0. */
static void count(struct trace_counts *c, const struct event *ev, bool first)
{
	if (ev->op == EVENT_OP_OTHER)
		c->others++;
	else if (!c->events[ev->name]++)
		c->first_ns[ev->name] = ev->time_ns;
	if (first || ev->time_ns < c->begin_ns)
		c->begin_ns = ev->time_ns;
	if (ev->time_ns > c->end_ns)
		c->end_ns = ev->time_ns;
	if (ev->flags & EVENT_PTR_HASHED)
		c->hashed = true;
	if (ev->flags & EVENT_TICKS)
		c->ticks = true;
	if (ev->flags & EVENT_NO_TIME)
		c->no_time = true;
}

/* A free at the same time as the one before it, of the same pointer and with
 * nothing between them on that CPU: the line is there twice. */
static void note_copy(struct pair *p, struct pair_cpu *cpu,
		      const struct event *ev)
{
	if (ev->op != EVENT_OP_FREE || is_null(p, ev) ||
	    ev->flags & (EVENT_NO_TIME | EVENT_PTR_HIDDEN)) {
		cpu->freed_ptr = 0;
		return;
	}
	if (cpu->freed_ptr == ev->ptr && cpu->freed_ns == ev->time_ns &&
	    cpu->freed_name == ev->name)
		p->counts->copied_frees++;
	cpu->freed_name = (uint8_t)ev->name;
	cpu->freed_ptr = ev->ptr;
	cpu->freed_ns = ev->time_ns;
}

int pair_event(struct pair *p, const struct event *ev)
{
	struct pair_cpu *cpu = cpu_of(p, ev->cpu);
	int r;

	if (!cpu)
		return pair_nomem(p);
	if (ev->op == EVENT_OP_STACK)
		return pair_stack(p, cpu, ev->stack);
	count(p->counts, ev, !p->seen);
	p->seen++;
	note_copy(p, cpu, ev);
	p->now_ns = ev->flags & EVENT_NO_TIME ? p->seen : ev->time_ns;
	if (p->late_count && expire_late(p, ev->time_ns))
		return -1;
	if (ev->op == EVENT_OP_ALLOC) {
		r = on_alloc_event(p, ev, &cpu->last);
	} else {
		cpu->last.live = U64MAP_NONE;
		r = ev->op == EVENT_OP_FREE ? on_free(p, ev) : 0;
	}
	pair_wait(cpu, ev->op == EVENT_OP_OTHER ? 0 : ev->site);
	rollups_mark_peak(&p->rollups, p->now_ns);
	timeline_update(&p->timeline, p->now_ns);
	return r;
}

int pair_new_boot(struct pair *p)
{
	p->cpu_count = 0; /* all are computed again */
	memset(&p->null_hash, 0, sizeof(p->null_hash));
	return give_up_late(p, p->late_count) || pair_live_lose(p) ? -1 : 0;
}

int pair_finish(struct pair *p)
{
	if (give_up_late(p, p->late_count) || pair_live_finish(p))
		return -1;
	rollups_finish(&p->rollups);
	p->counts->pointer_bits = p->names->pointer_bits;
	return 0;
}
