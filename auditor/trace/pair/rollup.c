/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/pair/rollup.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"

static uint32_t new_row(struct rollups *r, uint32_t site, enum alloc_kind kind,
			uint32_t stack)
{
	if (r->count >= ROLLUP_NONE - 1 ||
	    grow_room((void **)&r->rows, r->count, &r->capacity,
		      sizeof(*r->rows)) ||
	    grow_room((void **)&r->epochs, r->count, &r->epochs_capacity,
		      sizeof(*r->epochs)))
		return ROLLUP_NONE;
	r->rows[r->count] = (struct rollup){
		.site = site,
		.stack = stack,
		.kind = (uint8_t)kind,
	};
	r->epochs[r->count] = r->peak_epoch;
	return (uint32_t)r->count++;
}

static int plain_room(struct rollups *r, size_t index)
{
	size_t capacity = r->plain_capacity ? r->plain_capacity : 1024;
	uint32_t *grown;

	if (index < r->plain_capacity)
		return 0;
	while (capacity <= index)
		capacity *= 2;
	grown = realloc(r->plain, capacity * sizeof(*grown));
	if (!grown)
		return -1;
	memset(grown + r->plain_capacity, 0,
	       (capacity - r->plain_capacity) * sizeof(*grown));
	r->plain = grown;
	r->plain_capacity = capacity;
	return 0;
}

uint32_t rollups_row(struct rollups *r, uint32_t site, enum alloc_kind kind,
		     uint32_t stack)
{
	size_t index = (size_t)site * KIND_COUNT + kind;
	uint64_t key;
	uint32_t row;

	if (plain_room(r, index))
		return ROLLUP_NONE;
	if (!r->plain[index]) {
		row = new_row(r, site, kind, 0);
		if (row == ROLLUP_NONE)
			return row;
		r->plain[index] = row + 1;
	}
	if (!stack)
		return r->plain[index] - 1;
	key = (uint64_t)r->plain[index] << 32 | stack;
	row = u64map_get(&r->stacked, key);
	if (row != U64MAP_NONE)
		return row;
	row = new_row(r, site, kind, stack);
	if (row != ROLLUP_NONE && u64map_put(&r->stacked, key, row))
		return ROLLUP_NONE;
	return row;
}

/*
 * A row's share of the peak is what it held when the peak was noted, and so
 * has to be put aside only when the row changes for the first time after
 * it.  Copying all rows at every new peak would cost more than the import.
 */
static void before_change(struct rollups *r, uint32_t row)
{
	if (r->epochs[row] == r->peak_epoch)
		return;
	r->rows[row].peak_bytes = r->rows[row].live_bytes;
	r->epochs[row] = r->peak_epoch;
}

static bool is_slab(const struct rollup *x)
{
	return x->kind == KIND_MALLOC || x->kind == KIND_CACHE;
}

void rollups_add(struct rollups *r, uint32_t row, uint64_t req, uint64_t alloc)
{
	struct rollup *x = &r->rows[row];

	before_change(r, row);
	x->allocs++;
	x->live++;
	x->total_bytes += alloc;
	x->total_req += req;
	x->total_waste_bytes += alloc - req;
	x->live_bytes += alloc;
	x->live_req += req;
	x->waste_bytes += alloc - req;
	if (is_slab(x))
		r->slab_bytes += alloc;
}

void rollups_die(struct rollups *r, uint32_t row, uint64_t req, uint64_t alloc)
{
	struct rollup *x = &r->rows[row];

	before_change(r, row);
	x->live--;
	x->live_bytes -= alloc;
	x->live_req -= req;
	x->waste_bytes -= alloc - req;
	if (is_slab(x))
		r->slab_bytes -= alloc;
}

/* As if it had never been. */
static void rollups_remove(struct rollups *r, uint32_t row, uint64_t req,
			   uint64_t alloc)
{
	struct rollup *x = &r->rows[row];

	rollups_die(r, row, req, alloc);
	x->allocs--;
	x->total_bytes -= alloc;
	x->total_req -= req;
	x->total_waste_bytes -= alloc - req;
}

void rollups_move(struct rollups *r, uint32_t from, uint32_t to, uint64_t req,
		  uint64_t alloc, uint32_t born)
{
	rollups_remove(r, from, req, alloc);
	rollups_add(r, to, req, alloc);
	if (born == r->peak_epoch)
		return;
	/* A peak was noted while it was alive: its share moves, too. */
	r->rows[from].peak_bytes -= alloc;
	r->rows[to].peak_bytes += alloc;
}

void rollups_mark_peak(struct rollups *r, uint64_t now_ns)
{
	if (r->slab_bytes <= r->peak_bytes)
		return;
	r->peak_bytes = r->slab_bytes;
	r->peak_ns = now_ns;
	r->peak_epoch++;
}

void rollups_note_cache(struct rollups *r, uint32_t row, uint32_t cache,
			bool inferred)
{
	struct rollup *x = &r->rows[row];

	if (!cache || x->cache_mixed)
		return;
	if (x->cache && x->cache != cache) {
		x->cache_mixed = true;
		x->cache = 0;
		return;
	}
	x->cache = cache;
	x->cache_inferred = inferred;
}

void rollups_finish(struct rollups *r)
{
	for (size_t i = 0; i < r->count; i++)
		before_change(r, (uint32_t)i);
}

void rollups_release(struct rollups *r)
{
	free(r->rows);
	free(r->epochs);
	free(r->plain);
	u64map_release(&r->stacked);
	*r = (struct rollups){ .count = 0 };
}
