/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/partial_layout.h"

#include "link/align.h"
#include "support/u64map.h"

/* Counts the sections of each name, and says which joined section each is in;
 * names are numbered as they are met. */
static int join(const struct partial_section *sections, size_t n,
		struct partial_layout *l, uint32_t *joined_of)
{
	struct u64map numbers = U64MAP_INIT;
	int r = 0;

	for (size_t i = 0; i < n && !r; i++) {
		uint64_t name = sections[i].name;
		uint32_t at = u64map_get(&numbers, name);

		if (at == U64MAP_NONE) {
			at = (uint32_t)l->njoined;
			r = u64map_put(&numbers, name, at);
			l->joined[l->njoined++] = (struct joined_section){
				.name = name,
				.align = 1,
			};
		}
		l->joined[at].count++;
		joined_of[i] = at;
	}
	u64map_release(&numbers);
	return r;
}

static void add_section(struct partial_layout *l, struct joined_section *j,
			const struct partial_section *s, uint32_t index)
{
	uint64_t at = align_up(j->size, s->align);

	j->overflows |= at < j->size || s->size > UINT64_MAX - at;
	l->offsets[index] = at;
	l->order[j->first + j->count++] = index;
	j->size = at + s->size;
	if (s->align > j->align)
		j->align = s->align;
}

int partial_layout_compute(const struct partial_section *sections, size_t n,
			   struct arena *arena, struct partial_layout *ret,
			   struct err *e)
{
	struct partial_layout l = { 0 };
	uint32_t *joined_of, first = 0;

	if (n >= UINT32_MAX)
		return err_nomem(e);
	l.joined = arena_calloc(arena, n + 1, sizeof(*l.joined));
	l.order = arena_calloc(arena, n + 1, sizeof(*l.order));
	l.offsets = arena_calloc(arena, n + 1, sizeof(*l.offsets));
	joined_of = arena_calloc(arena, n + 1, sizeof(*joined_of));
	if (!l.joined || !l.order || !l.offsets || !joined_of ||
	    join(sections, n, &l, joined_of))
		return err_nomem(e);
	for (size_t i = 0; i < l.njoined; i++) {
		l.joined[i].first = first;
		first += l.joined[i].count;
		l.joined[i].count = 0;
	}
	for (size_t i = 0; i < n; i++)
		add_section(&l, &l.joined[joined_of[i]], &sections[i],
			    (uint32_t)i);
	*ret = l;
	return 0;
}
