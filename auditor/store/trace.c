/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/trace.h"

#include <string.h>

#include "store/statements.h"

#define COUNT(a) ((int)(sizeof(a) / sizeof(*(a))))

#define EVENT_WORD(id) [EVENT_##id] = EVENT_TEXT_##id
static const char *const event_words[EVENT_NAME_COUNT] = {
	EVENT_WORD(KMALLOC),
	EVENT_WORD(KMALLOC_NODE),
	EVENT_WORD(KMEM_CACHE_ALLOC),
	EVENT_WORD(KMEM_CACHE_ALLOC_NODE),
	EVENT_WORD(KFREE),
	EVENT_WORD(KMEM_CACHE_FREE),
	EVENT_WORD(MM_PAGE_ALLOC),
	EVENT_WORD(MM_PAGE_FREE),
	EVENT_WORD(MM_PAGE_FREE_BATCHED),
	EVENT_WORD(PERCPU_ALLOC),
	EVENT_WORD(PERCPU_FREE),
};

int store_trace_find(struct store *s, const unsigned char *digest,
		     int64_t build, int64_t *ret_trace, struct err *e)
{
	struct value values[] = {
		V_BLOB(digest, TRACE_DIGEST_LEN),
		build ? V_INT(build) : V_NULL,
	};

	return store_find(s, ST_TRACE_FIND, values, 2, ret_trace, e);
}

static uint64_t understood(const struct trace_counts *c)
{
	uint64_t n = 0;

	for (int i = 0; i < EVENT_NAME_COUNT; i++)
		n += c->events[i];
	return n;
}

static enum trace_clock clock_of(const struct trace_counts *c)
{
	if (c->no_time)
		return TRACE_CLOCK_NONE;
	return c->ticks ? TRACE_CLOCK_TICKS : TRACE_CLOCK_NS;
}

static int put_trace(struct store *s, const struct trace_row *row,
		     const struct trace_result *t, struct err *e)
{
	const struct trace_counts *c = &t->counts;
	struct value values[] = {
		V_INT(row->id),
		row->build ? V_INT(row->build) : V_NULL,
		V_INT(row->chosen),
		V_TEXT(row->label),
		V_TEXT(row->source),
		V_BLOB(row->digest, TRACE_DIGEST_LEN),
		V_INT(t->format),
		V_INT(row->imported_ns),
		row->build_id ? V_BLOB(row->build_id, row->build_id_len)
			      : V_NULL,
		V_TEXT(row->release),
		V_TEXT(row->command_line),
		V_INT(c->begin_ns),
		V_INT(c->end_ns),
		V_INT(clock_of(c)),
		V_INT(c->pointer_bits),
		V_INT(c->hashed),
		V_INT(t->page_size),
		V_INT(understood(c)),
		V_INT(c->others),
		V_INT(c->lines),
		V_INT(c->noise),
		V_INT(c->unreadable),
		V_INT(c->joined),
		V_INT(c->lost + row->more_lost),
		V_INT(c->lost_unknown),
		V_INT(c->overwritten),
		V_INT(c->null_free),
		V_INT(c->unmatched_free),
		V_INT(c->hidden_free),
		V_INT(c->hidden_alloc),
		V_INT(c->doubled),
		V_INT(c->late_free),
		V_INT(c->stacks),
		V_INT(c->truncated),
		c->remark[0] ? V_TEXT(c->remark) : V_NULL,
		V_INT(t->peak_ns),
		V_INT(t->peak_bytes),
		row->have_kaslr_offset ? V_INT(row->kaslr_offset) : V_NULL,
		V_INT(row->checked),
		V_INT(row->agreed),
		V_INT(row->range.first),
		V_INT(row->range.last),
		V_INT(row->range.ptr_base),
		V_INT(row->range.time_base),
	};

	return store_run(s, ST_TRACE_PUT, values, COUNT(values), e);
}

static int put_event(struct store *s, int64_t trace, const char *name,
		     bool known, uint64_t count, struct value first,
		     struct err *e)
{
	struct value values[] = {
		V_INT(trace), V_TEXT(name), V_INT(known), V_INT(count), first,
	};

	return store_run(s, ST_TRACE_EVENT_PUT, values, COUNT(values), e);
}

static int put_events(struct store *s, int64_t trace,
		      const struct trace_result *t, struct err *e)
{
	const struct trace_names *n = t->names;
	int r = 0;

	for (int i = 0; i < EVENT_NAME_COUNT && r == 0; i++)
		if (t->counts.events[i])
			r = put_event(s, trace, event_words[i], true,
				      t->counts.events[i],
				      V_INT(t->counts.first_ns[i]), e);
	for (uint32_t i = 1; i < n->others.count && r == 0; i++)
		if (i < n->other_capacity && n->other_counts[i])
			r = put_event(s, trace, intern_get(&n->others, i).text,
				      false, n->other_counts[i], V_NULL, e);
	return r;
}

static int put_rollup(struct store *s, int64_t trace, const struct rollup *u,
		      const struct trace_names *names, struct err *e)
{
	struct value cache = V_NULL;
	int64_t number;
	int r;

	if (u->cache) {
		r = store_name(s, intern_get(&names->caches, u->cache).text,
			       &number, e);
		if (r < 0)
			return r;
		cache = V_INT(number);
	}
	struct value values[] = {
		V_INT(trace),
		V_INT(u->site),
		V_INT(u->kind),
		V_INT(u->stack),
		cache,
		V_INT(u->cache_mixed),
		V_INT(u->cache_inferred),
		V_INT(u->allocs),
		V_INT(u->frees),
		V_INT(u->implicit),
		V_INT(u->live),
		V_INT(u->unknown),
		V_INT(u->failed),
		V_INT(u->total_bytes),
		V_INT(u->total_req),
		V_INT(u->live_bytes),
		V_INT(u->live_req),
		V_INT(u->implicit_bytes),
		V_INT(u->unknown_bytes),
		V_INT(u->waste_bytes),
		V_INT(u->total_waste_bytes),
		V_INT(u->peak_bytes),
		V_INT(u->null_free),
		V_INT(u->unmatched_free),
	};

	return store_run(s, ST_ROLLUP_PUT, values, COUNT(values), e);
}

static int put_rollups(struct store *s, int64_t trace,
		       const struct trace_result *t, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < t->nrollups && r == 0; i++) {
		const struct rollup *u = &t->rollups[i];

		if (u->allocs || u->failed || u->null_free || u->unmatched_free)
			r = put_rollup(s, trace, u, t->names, e);
	}
	return r;
}

static int put_timeline(struct store *s, int64_t trace,
			const struct trace_result *t, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < t->ntimeline && r == 0; i++) {
		const struct timeline_point *p = &t->timeline[i];
		struct value values[] = {
			V_INT(trace),
			V_INT(i),
			V_INT(p->start_ns),
			V_INT(p->live[KIND_MALLOC]),
			V_INT(p->live[KIND_CACHE]),
			V_INT(p->live[KIND_PAGE]),
			V_INT(p->live[KIND_PERCPU]),
			V_INT(p->top_bytes),
			V_INT(p->waste_bytes),
		};

		r = store_run(s, ST_TIMELINE_PUT, values, COUNT(values), e);
	}
	return r;
}

static int put_stacks(struct store *s, int64_t trace,
		      const struct trace_names *n, struct err *e)
{
	int r = 0;

	for (uint32_t i = 1; i < n->stacks.count; i++) {
		size_t count;
		const uint32_t *frames = trace_names_stack(n, i, &count);

		for (size_t k = 0; k < count && r == 0; k++) {
			struct value values[] = {
				V_INT(trace),
				V_INT(i),
				V_INT(k),
				V_INT(frames[k]),
			};

			r = store_run(s, ST_FRAME_PUT, values, COUNT(values),
				      e);
		}
		if (r < 0)
			return r;
	}
	return 0;
}

int store_trace(struct store *s, const struct trace_row *row,
		const struct trace_result *t, struct err *e)
{
	int r;

	if ((r = put_trace(s, row, t, e)) < 0 ||
	    (r = put_events(s, row->id, t, e)) < 0 ||
	    (r = put_rollups(s, row->id, t, e)) < 0 ||
	    (r = put_timeline(s, row->id, t, e)) < 0)
		return r;
	return put_stacks(s, row->id, t->names, e);
}

int store_slab(struct store *s, int64_t trace, const struct slab_row *row,
	       struct err *e)
{
	int64_t name;
	int r = store_name(s, row->name, &name, e);

	if (r < 0)
		return r;
	struct value values[] = {
		V_INT(trace),
		V_INT(name),
		V_INT(row->active_objects),
		V_INT(row->objects),
		V_INT(row->object_bytes),
		V_INT(row->objects_per_slab),
		V_INT(row->pages_per_slab),
		V_INT(row->slabs),
	};
	return store_run(s, ST_SLAB_PUT, values, COUNT(values), e);
}

int store_slab_alias(struct store *s, int64_t trace, const char *name,
		     const char *target, struct err *e)
{
	int64_t number;
	int r = store_name(s, name, &number, e);

	if (r < 0)
		return r;
	struct value values[] = { V_INT(trace), V_INT(number), V_TEXT(target) };
	return store_run(s, ST_SLAB_ALIAS_PUT, values, COUNT(values), e);
}

int store_loaded_module(struct store *s, int64_t trace, const char *name,
			uint64_t bytes, const char *state, struct err *e)
{
	int64_t id;
	int r = store_name(s, name, &id, e);

	if (r < 0)
		return r;
	struct value values[] = { V_INT(trace), V_INT(id), V_INT(bytes),
				  V_TEXT(state) };
	return store_run(s, ST_LOADED_MODULE_PUT, values, COUNT(values), e);
}

int store_loaded_modules(struct store *s, int64_t trace, struct err *e)
{
	struct value values[] = { V_INT(trace) };

	return store_run(s, ST_TRACE_MODULES_COUNT, values, 1, e);
}

int store_vmalloc_area(struct store *s, int64_t trace, uint32_t site,
		       const char *use, uint64_t bytes, uint64_t pages,
		       struct err *e)
{
	struct value values[] = { V_INT(trace), V_INT(site), V_TEXT(use),
				  V_INT(bytes), V_INT(pages) };

	return store_run(s, ST_VMALLOC_AREA_PUT, values, COUNT(values), e);
}

/* ---- sites ---- */

static int put_candidates(struct store *s, int64_t trace, uint32_t site,
			  const struct symbol_map *map,
			  const struct site_match *m, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < m->ncandidates && r == 0; i++) {
		const struct site_candidate *c = &m->candidates[i];
		uint32_t image = map->spaces[c->space].image;
		struct value values[] = {
			V_INT(trace),
			V_INT(site),
			V_INT(i),
			V_INT(map->images[image].name),
			c->object == MAP_NONE
				? V_NULL
				: V_INT(map->objects[c->object].path),
			V_INT(c->address),
		};

		r = store_run(s, ST_CANDIDATE_PUT, values, COUNT(values), e);
	}
	return r;
}

int store_site(struct store *s, int64_t trace, uint32_t site, const char *text,
	       const char *caller, const struct symbol_map *map,
	       const struct site_match *m, struct err *e)
{
	bool found = map &&
		     (m->state == SITE_OBJECT || m->state == SITE_NO_OBJECT);
	struct value values[10] = { V_INT(trace), V_INT(site) };
	int64_t number;
	int r;

	for (int i = 5; i < 10; i++)
		values[i] = V_NULL;
	if ((r = store_name(s, text, &number, e)) < 0)
		return r;
	values[2] = V_INT(number);
	if ((r = store_name(s, caller, &number, e)) < 0)
		return r;
	values[3] = V_INT(number);
	values[4] = V_INT(m->state);
	if (found) {
		const struct map_space *space = &map->spaces[m->space];

		values[5] = V_INT(map->images[space->image].name);
		if (m->state == SITE_OBJECT)
			values[6] = V_INT(map->objects[m->object].path);
		if (m->function != MAP_NONE)
			values[7] = V_INT(map->symbols[m->function].name);
		values[8] = V_INT(space->section);
		/* Else it is the place of its object, not of the call. */
		if (m->exact)
			values[9] = V_INT(m->address);
	}
	r = store_run(s, ST_SITE_PUT, values, COUNT(values), e);
	if (r == 0 && map && m->state == SITE_AMBIGUOUS)
		r = put_candidates(s, trace, site, map, m, e);
	return r;
}
