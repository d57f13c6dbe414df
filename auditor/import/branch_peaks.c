/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/branch_peaks.h"

#include <string.h>

#include "import/branches.h"
#include "store/branch_rows.h"
#include "trace/pair/changes.h"

struct replay {
	struct store *store;
	int64_t trace;
	struct branches branches;
	uint64_t begin_ns, width_ns; /* of points */
	uint64_t now_ns, next_ns;    /* next_ns: when point is over */
	uint32_t point;
};

static int add_place(void *ctx, uint32_t site, const char *place, bool tracing,
		     struct err *e)
{
	struct replay *p = ctx;

	return branches_add(&p->branches, site, place, tracing) ? err_nomem(e)
								: 0;
}

/* ---- over time ---- */

static int put_point(struct replay *p, const struct branch *b, struct err *e)
{
	const struct branch_point point = {
		.start_ns = p->begin_ns + b->point * p->width_ns,
		.malloc_bytes = b->live[PEAK_MALLOC],
		.cache_bytes = b->live[PEAK_CACHE],
		.top_bytes = b->top,
	};

	return store_branch_point(p->store, p->trace,
				  (uint32_t)(b - p->branches.list), &point, e);
}

/* Something changes now: what was at the end of an earlier point is known. */
static int later_point(struct replay *p, struct branch *b, struct err *e)
{
	const bool whole = b == p->branches.list;
	int r = 0;

	if (b->name != INTERN_NONE && (b->top || whole))
		r = put_point(p, b, e);

	b->point = p->point;
	b->top = b->live[PEAK_MALLOC] + b->live[PEAK_CACHE];
	return r;
}

/* The whole has all points: where time goes on they are the next ones. */
static int go_on(struct replay *p, struct err *e)
{
	struct branch *whole = &p->branches.list[0];
	int r = 0;

	while (p->now_ns >= p->next_ns && r == 0 &&
	       p->point < BRANCH_POINTS - 1) {
		p->point++;
		p->next_ns += p->width_ns;
		r = later_point(p, whole, e);
	}
	if (p->point == BRANCH_POINTS - 1)
		p->next_ns = UINT64_MAX;
	return r;
}

/* ---- changes ---- */

static void grow(struct replay *p, struct branch *b, int kind, uint64_t bytes)
{
	const uint64_t live = b->live[kind] + bytes;
	const uint64_t both = live + b->live[!kind];

	b->live[kind] = live;
	if (live > b->peak.bytes[kind]) {
		b->peak.bytes[kind] = live;
		b->peak.at_ns[kind] = p->now_ns;
	}
	if (both <= b->top)
		return;
	b->top = both;
	if (both > b->peak.bytes[PEAK_SLAB]) {
		b->peak.bytes[PEAK_SLAB] = both;
		b->peak.at_ns[PEAK_SLAB] = p->now_ns;
	}
}

static int change(struct replay *p, uint32_t what, uint64_t bytes,
		  struct err *e)
{
	const uint32_t site = what >> 2;
	const int kind = what & 2 ? PEAK_CACHE : PEAK_MALLOC;
	const uint32_t *c;

	if (p->now_ns >= p->next_ns && go_on(p, e) < 0)
		return -(int)e->code;
	if (site >= p->branches.nsites ||
	    p->branches.of_site[site] == BRANCH_END)
		return 0;
	for (c = p->branches.chains + p->branches.of_site[site];
	     *c != BRANCH_END; c++) {
		struct branch *b = &p->branches.list[*c];

		if (b->point != p->point && later_point(p, b, e) < 0)
			return -(int)e->code;
		if (what & 1)
			b->live[kind] -= bytes;
		else
			grow(p, b, kind, bytes);
	}
	return 0;
}

/* 1: all changes were processed; 0: they are not complete. */
static int run(struct replay *p, struct changes *changes, struct err *e)
{
	struct changes_reader reader = { .at = 0 };
	const struct change_record *records;
	uint64_t bytes = 0, ticks = 0;
	size_t count;

	p->now_ns = 0;
	for (;;) {
		if (changes_next(changes, &reader, &records, &count))
			return 0;
		if (!count)
			return 1;
		for (size_t i = 0; i < count; i++) {
			const struct change_record *r = &records[i];

			bytes |= r->bytes;
			ticks |= r->ticks;
			if (r->what == CHANGE_WIDE) {
				bytes <<= 32;
				ticks <<= 32;
				continue;
			}
			p->now_ns += ticks;
			if (change(p, r->what, bytes, e) < 0)
				return -(int)e->code;
			bytes = ticks = 0;
		}
	}
}

/* ---- what came of it ---- */

static int put_sites(struct replay *p, struct err *e)
{
	const struct branches *b = &p->branches;
	int r = 0;

	for (size_t i = 0; i < b->nsites && b->each_site && r == 0; i++) {
		const struct branch *x = &b->list[b->own[i]];

		if (b->of_site[i] != BRANCH_END)
			r = store_site_peak(p->store, p->trace, (uint32_t)i,
					    &b->list[x->same].peak, e);
	}
	return r;
}

static int put_branches(struct replay *p, struct err *e)
{
	const struct branches *b = &p->branches;
	int r = 0;

	for (size_t i = 0; i < b->count && r == 0; i++) {
		const struct branch *x = &b->list[i];

		if (x->name == INTERN_NONE)
			continue;
		if (x->same == i)
			r = put_point(p, x, e);
		if (r == 0)
			r = store_branch_peak(p->store, p->trace,
					      branches_path(b, x),
					      branches_with_tracing(b, x),
					      x->same, &b->list[x->same].peak,
					      e);
	}
	return r < 0 ? r : put_sites(p, e);
}

/* Points of equal length from the first event to the last. */
static void divide_time(struct replay *p, const struct trace_result *t,
			const struct changes *c)
{
	uint64_t end = t->counts.no_time ? c->last_ns : t->counts.end_ns;

	p->begin_ns = t->ntimeline ? t->timeline[0].start_ns : 0;
	if (end < p->begin_ns)
		end = p->begin_ns;
	p->width_ns = (end - p->begin_ns) / BRANCH_POINTS + 1;
	p->next_ns = p->begin_ns + p->width_ns;
}

int branch_peaks_store(struct store *s, int64_t trace, struct trace_reader *r,
		       struct remarks *notes, struct err *e)
{
	const struct trace_result *t = trace_reader_result(r);
	struct changes *changes = trace_reader_changes(r);
	struct replay p = { .store = s, .trace = trace };
	int ret;

	divide_time(&p, t, changes);
	if (branches_init(&p.branches, t->names->sites.count + 1))
		ret = err_nomem(e);
	else
		ret = store_site_places(s, trace, add_place, &p, e);
	if (ret == 0) {
		branches_join(&p.branches);
		ret = run(&p, changes, e);
	}
	if (ret == 1) {
		p.now_ns = UINT64_MAX; /* the points that are left */
		ret = go_on(&p, e);
		if (ret == 0)
			ret = put_branches(&p, e);
	} else if (ret == 0) {
		ret = remarks_add(
			notes, e,
			"the peaks of branches are not known: %s for the temporary file; set TMPDIR",
			strerror(changes->failed));
	}
	branches_release(&p.branches);
	return ret;
}
