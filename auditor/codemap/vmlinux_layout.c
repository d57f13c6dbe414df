/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codemap/vmlinux_layout.h"

static const struct code_member *find_member(const struct codemap_builder *b,
					     uint32_t ordinal)
{
	size_t low = 0, high = b->members.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (b->members.v[mid].ordinal < ordinal)
			low = mid + 1;
		else
			high = mid;
	}
	return low < b->members.n && b->members.v[low].ordinal == ordinal
		       ? &b->members.v[low]
		       : NULL;
}

static int put_place(struct codemap_builder *b, struct image_blobs *blobs,
		     struct blob_place *p, uint32_t space, struct err *e)
{
	const struct code_member *m = find_member(b, p->member);
	const struct code_footprint *f = m ? &b->footprints.v[m->footprint]
					   : NULL;

	for (uint32_t i = 0; f && i < f->count; i++) {
		const struct code_section *sec = &b->sections.v[f->first + i];

		if (sec->ordinal != p->section)
			continue;
		if (!p->own_size)
			p->size = sec->size;
		blob_cursor_end(&blobs->places, p);
		return codemap_add_placed(b, m, f->first + i, space, p->addr,
					  p->size, e);
	}
	return codemap_damaged(b, e);
}

static int put_places(struct codemap_builder *b, struct image_blobs *blobs,
		      uint32_t space, struct err *e)
{
	struct blob_place p;
	int more, r;

	while ((more = codemap_blob_get_place(&blobs->places, &p)) > 0) {
		r = put_place(b, blobs, &p, space, e);
		if (r < 0)
			return r;
	}
	return more < 0 ? codemap_damaged(b, e) : 0;
}

/* The layout is not known: one section after the other, so that offsets in
 * sections are right and nothing else is. */
static int put_anywhere(struct codemap_builder *b, uint32_t space,
			struct err *e)
{
	for (size_t i = 0; i < b->members.n; i++) {
		const struct code_member *m = &b->members.v[i];
		const struct code_footprint f = b->footprints.v[m->footprint];

		for (uint32_t k = f.first; k < f.first + f.count; k++) {
			uint64_t size = b->sections.v[k].size;
			int r = 0;

			if (size)
				r = codemap_add_placed(b, m, k, space,
						       b->spaces.v[space].end,
						       size, e);
			if (r < 0)
				return r;
		}
	}
	return 0;
}

static int put_script_symbols(struct codemap_builder *b,
			      struct image_blobs *blobs, uint32_t space,
			      struct err *e)
{
	struct blob_symbol s;
	int more;

	while ((more = codemap_blob_get_symbol(&blobs->symbols, &s)) > 0) {
		if (VECTOR_ROOM(&b->symbols, e))
			return -ERR_NOMEM;
		b->symbols.v[b->symbols.n++] = (struct map_symbol){
			.addr = s.addr,
			.size = s.size,
			.name = s.name,
			.space = space,
			.place = MAP_NONE,
			.type = s.type,
			.bind = s.bind,
		};
	}
	return more < 0 ? codemap_damaged(b, e) : 0;
}

int codemap_lay_out_vmlinux(struct codemap_builder *b,
			    struct image_blobs *blobs, struct err *e)
{
	uint32_t space;
	int r = codemap_add_space(b, 0, "", &space, e);

	if (r < 0)
		return r;
	b->images.v[b->images.n - 1].placed = blobs != NULL;
	if (!blobs)
		return put_anywhere(b, space, e);
	r = put_places(b, blobs, space, e);
	return r < 0 ? r : put_script_symbols(b, blobs, space, e);
}
