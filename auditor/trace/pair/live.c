/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/pair/live.h"

#include <string.h>

#include "support/grow.h"
#include "trace/page_patterns.h" /* made from sql/views/wrappers.sql */

static void note_change(struct pair *p, const struct allocation *a, bool freed)
{
	if (a->kind <= KIND_CACHE)
		changes_put(&p->changes, a->site, a->kind == KIND_CACHE, freed,
			    a->bytes_alloc, p->now_ns);
}

uint32_t pair_live_new(struct pair *p, const struct allocation *a, uint32_t row)
{
	uint32_t i = p->live_free;
	uint32_t generation = 0;

	if (i != U64MAP_NONE) {
		p->live_free = p->live[i].next;
		generation = p->live[i].generation;
	} else {
		if (p->live_count >= U64MAP_NONE - 1 ||
		    grow_room((void **)&p->live, p->live_count,
			      &p->live_capacity, sizeof(*p->live)))
			return U64MAP_NONE;
		i = (uint32_t)p->live_count++;
	}
	p->live[i] = (struct pair_live){
		.a = *a,
		.row = row,
		.generation = generation,
		.born = p->rollups.peak_epoch,
	};
	rollups_add(&p->rollups, row, a->bytes_req, a->bytes_alloc);
	p->timeline.live[a->kind] += a->bytes_alloc;
	if (a->kind <= KIND_CACHE)
		p->timeline.waste += a->bytes_alloc - a->bytes_req;
	note_change(p, a, false);
	return i;
}

void uncount_live(struct pair *p, uint32_t live)
{
	struct pair_live *l = &p->live[live];

	l->generation++; /* a stack that comes now comes too late */
	rollups_die(&p->rollups, l->row, l->a.bytes_req, l->a.bytes_alloc);
	p->timeline.live[l->a.kind] -= l->a.bytes_alloc;
	if (l->a.kind <= KIND_CACHE)
		p->timeline.waste -= l->a.bytes_alloc - l->a.bytes_req;
	note_change(p, &l->a, true);
}

int pair_live_end(struct pair *p, uint32_t live, enum alloc_end end,
		  uint64_t free_ns, uint32_t free_site)
{
	struct pair_live *l = &p->live[live];
	struct rollup *x = &p->rollups.rows[l->row];

	if (end == ALLOC_FREED) {
		x->frees++;
	} else {
		x->implicit++;
		x->implicit_bytes += l->a.bytes_alloc;
	}
	l->a.end = (uint8_t)end;
	/* Events that are out of order never make a negative lifetime. */
	l->a.free_ns = free_ns < l->a.alloc_ns ? l->a.alloc_ns : free_ns;
	l->a.free_site = free_site;
	l->row = ROLLUP_NONE;
	l->next = p->live_free;
	p->live_free = live;
	return p->sink.allocation(p->sink.ctx, &l->a);
}

int pair_live_move(struct pair *p, uint32_t live)
{
	struct pair_live *l = &p->live[live];
	uint32_t row = rollups_row(&p->rollups, l->a.site, l->a.kind,
				   l->a.stack);

	if (row == ROLLUP_NONE)
		return pair_nomem(p);
	if (row == l->row)
		return 0;
	rollups_move(&p->rollups, l->row, row, l->a.bytes_req, l->a.bytes_alloc,
		     l->born);
	rollups_note_cache(&p->rollups, row, l->a.cache, false);
	l->row = row;
	return 0;
}

void pair_live_cache(struct pair *p, uint32_t live, uint32_t cache)
{
	struct pair_live *l = &p->live[live];

	if (!cache || l->a.cache)
		return;
	l->a.cache = cache;
	l->a.flags |= ALLOC_CACHE_INFERRED;
	rollups_note_cache(&p->rollups, l->row, cache, true);
}

int pair_live_lose(struct pair *p)
{
	for (size_t i = 0; i < p->live_count; i++) {
		struct pair_live *l = &p->live[i];
		struct rollup *x;

		if (l->row == ROLLUP_NONE)
			continue;
		uncount_live(p, (uint32_t)i);
		x = &p->rollups.rows[l->row];
		x->unknown++;
		x->unknown_bytes += l->a.bytes_alloc;
		l->a.end = ALLOC_UNKNOWN;
		l->a.ptr = 0;
		if (p->sink.allocation(p->sink.ctx, &l->a))
			return -1;
	}
	p->live_count = 0;
	p->live_free = U64MAP_NONE;
	for (int i = 0; i < SPACE_COUNT; i++)
		u64map_release(&p->spaces[i]);
	return 0;
}

int pair_live_finish(struct pair *p)
{
	for (size_t i = 0; i < p->live_count; i++) {
		const struct pair_live *l = &p->live[i];

		if (l->row != ROLLUP_NONE &&
		    p->sink.allocation(p->sink.ctx, &l->a))
			return -1;
	}
	return 0;
}

/* How the page allocator's own functions, and those of the tracer that come
 * before them in a stack, begin: data of sql/views/wrappers.sql. */
static bool is_page_internal(const char *s, size_t len)
{
#define PATTERN(text) text,
	static const char *const own[] = { WRAPPER_PATTERNS(PATTERN) };
#undef PATTERN

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		size_t n = strlen(own[i]);

		if (len >= n && memcmp(s, own[i], n) == 0)
			return true;
	}
	return false;
}

uint32_t pair_page_caller(const struct trace_names *names, uint32_t stack)
{
	size_t n;
	const uint32_t *frames = trace_names_stack(names, stack, &n);

	for (size_t i = 0; i < n; i++) {
		struct intern_text t = intern_get(&names->sites, frames[i]);

		if (!is_page_internal(t.text, t.len))
			return frames[i];
	}
	return 0;
}
