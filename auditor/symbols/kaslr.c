/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The KASLR offset by trying.  KASLR moves vmlinux by whole pages, so an address
 * and the return that it is have the same low 12 bits: each of a few
 * addresses, paired with each such return, gives the KASLR offsets to try.
 */
#include "symbols/kaslr.h"

#include <stdlib.h>
#include <string.h>

#include "support/grow.h"
#include "support/leb128.h"
#include "symbols/resolver.h"

#define LOW_BITS 12
#define FEWEST 8	 /* addresses that may prove a KASLR offset */
#define MOST 1024	 /* addresses that are tried with each KASLR offset */
#define PROBES 16	 /* addresses that are paired */
#define OFFSETS_MAX 8192 /* tried; a real kernel gives a thousand */
#define FILTER_BITS (UINT64_C(1) << 22)

struct score {
	size_t hits, inside;
};

static uint64_t filter_bit(uint64_t addr)
{
	return addr * UINT64_C(0x9e3779b97f4a7c15) >> 42;
}

static int compare_u64(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static int add_place(struct return_index *l, const struct map_place *p)
{
	const unsigned char *at = p->return_sites, *end;
	uint64_t offset = 0, step, addr;

	if (!p->return_sites_known || !p->return_sites_len)
		return 0;
	end = at + p->return_sites_len;
	while (leb128_get(&at, end, &step)) {
		if (__builtin_add_overflow(offset, step, &offset) ||
		    offset > p->size)
			break;
		if (grow_room((void **)&l->v, l->n, &l->capacity,
			      sizeof(*l->v)))
			return -1;
		addr = p->addr + offset;
		l->v[l->n++] = addr;
		l->bits[filter_bit(addr) / 64] |= UINT64_C(1)
						  << filter_bit(addr) % 64;
	}
	return 0;
}

static int make_return_index(struct resolver *r)
{
	const struct code_index *ci = &r->index;
	struct return_index *l = &r->return_sites;
	uint32_t space = ci->vmlinux_space;
	bool sorted = true;

	l->made = true;
	l->bits = calloc(FILTER_BITS / 64, sizeof(*l->bits));
	if (!l->bits)
		return -1;
	for (uint32_t i = ci->first_span[space]; i < ci->first_span[space + 1];
	     i++)
		if (add_place(l, &r->map->places[ci->spans[i].place]))
			return -1;
	for (size_t i = 1; i < l->n; i++)
		sorted = sorted && l->v[i - 1] <= l->v[i];
	if (!sorted)
		qsort(l->v, l->n, sizeof(*l->v), compare_u64);
	return 0;
}

static bool is_return(const struct return_index *l, uint64_t addr)
{
	uint64_t bit = filter_bit(addr);

	return (l->bits[bit / 64] >> bit % 64 & 1) &&
	       bsearch(&addr, l->v, l->n, sizeof(addr), compare_u64);
}

static struct score try_kaslr_offset(const struct resolver *r,
				     const uint64_t *v, size_t n,
				     uint64_t kaslr_offset)
{
	const struct return_index *l = &r->return_sites;
	uint64_t low = l->v[0], high = l->v[l->n - 1];
	struct score s = { 0, 0 };

	for (size_t i = 0; i < n; i++) {
		uint64_t addr = code_address(r->map, v[i] - kaslr_offset);

		if (addr < low || addr > high)
			continue;
		s.inside++;
		s.hits += is_return(l, addr);
	}
	return s;
}

/* What lies outside of vmlinux may be in modules, but not nearly all. */
static bool is_enough(struct score s, size_t n)
{
	return s.hits >= FEWEST && s.hits * 10 >= s.inside * 9 &&
	       s.hits * 8 >= n;
}

/* Distinct addresses, sorted, not more than MOST. */
static uint64_t *choose(const struct resolver *r, const uint64_t *addresses,
			size_t count, size_t *ret_n)
{
	uint64_t *v = calloc(count + 1, sizeof(*v));
	size_t n = 0, step;

	if (!v)
		return NULL;
	for (size_t i = 0; i < count; i++)
		v[i] = code_address(r->map, addresses[i]);
	qsort(v, count, sizeof(*v), compare_u64);
	for (size_t i = 0; i < count; i++)
		if (v[i] && (!n || v[n - 1] != v[i]))
			v[n++] = v[i];
	step = n / MOST + 1;
	for (size_t i = 0; i * step < n; i++)
		v[i] = v[i * step];
	*ret_n = (n + step - 1) / step;
	return v;
}

/* The KASLR offsets that take one of the probes to a return, sorted, once each. */
static size_t list_kaslr_offsets(const struct resolver *r, const uint64_t *v,
				 size_t n, uint64_t *kaslr_offsets)
{
	const struct return_index *l = &r->return_sites;
	uint64_t mask = (UINT64_C(1) << LOW_BITS) - 1;
	uint64_t wanted[(1 << LOW_BITS) / 64] = { 0 };
	size_t probes = n < PROBES ? n : PROBES, found = 0, kept = 0;

	for (size_t k = 0; k < probes; k++) {
		uint64_t low = v[k * n / probes] & mask;

		wanted[low / 64] |= UINT64_C(1) << low % 64;
	}
	for (size_t i = 0; i < l->n; i++) {
		uint64_t low = l->v[i] & mask;

		if (!(wanted[low / 64] >> low % 64 & 1))
			continue;
		for (size_t k = 0; k < probes && found < OFFSETS_MAX; k++) {
			uint64_t a = v[k * n / probes];

			if ((a & mask) == low)
				kaslr_offsets[found++] =
					code_address(r->map, a - l->v[i]);
		}
	}
	qsort(kaslr_offsets, found, sizeof(*kaslr_offsets), compare_u64);
	for (size_t i = 0; i < found; i++)
		if (!kept || kaslr_offsets[kept - 1] != kaslr_offsets[i])
			kaslr_offsets[kept++] = kaslr_offsets[i];
	return kept;
}

static bool best_kaslr_offset(const struct resolver *r, const uint64_t *v,
			      size_t n, uint64_t *ret)
{
	uint64_t *kaslr_offsets = malloc(OFFSETS_MAX * sizeof(*kaslr_offsets));
	struct score best = { 0, 0 };
	size_t nkaslr_offsets, second = 0;
	uint64_t kaslr_offset = 0;

	if (!kaslr_offsets)
		return false;
	nkaslr_offsets = list_kaslr_offsets(r, v, n, kaslr_offsets);
	for (size_t i = 0; i < nkaslr_offsets; i++) {
		struct score s = try_kaslr_offset(r, v, n, kaslr_offsets[i]);

		if (s.hits > best.hits) {
			second = best.hits;
			best = s;
			kaslr_offset = kaslr_offsets[i];
		} else if (s.hits > second) {
			second = s.hits;
		}
	}
	free(kaslr_offsets);
	if (!is_enough(best, n) || second * 10 >= best.hits * 7)
		return false;
	*ret = kaslr_offset;
	return true;
}

int resolver_find_kaslr_offset(struct resolver *r, const uint64_t *addresses,
			       size_t count)
{
	uint64_t *v, kaslr_offset = 0;
	size_t n = 0;
	bool found;

	if (r->index.vmlinux_space == MAP_NONE || count < FEWEST ||
	    (!r->return_sites.made && make_return_index(r)) ||
	    !r->return_sites.n)
		return 0;
	v = choose(r, addresses, count, &n);
	if (!v)
		return 0;
	found = n >= FEWEST && (is_enough(try_kaslr_offset(r, v, n, 0), n) ||
				best_kaslr_offset(r, v, n, &kaslr_offset));
	free(v);
	if (!found)
		return 0;
	r->kaslr_offset_known = true;
	r->kaslr_offset = r->map->is_64bit
				  ? (int64_t)kaslr_offset
				  : (int64_t)(int32_t)(uint32_t)kaslr_offset;
	return 1;
}
