/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `ld -r` joins the parts' sections of one name; a script of the kernel
 * (module.lds) may gather the likes of .text.unlikely at the end of .text.
 */
#include "codemap/module_layout.h"

#include <string.h>

#include "link/partial_layout.h"
#include "support/strmap.h"

/* A part's section, in the order in which the linker meets them. */
struct input {
	uint32_t member, section; /* indexes in the builder */
};

struct laying {
	struct codemap_builder *b;
	struct input *inputs;
	struct partial_section *sections; /* of the inputs */
	size_t ninputs;
	struct partial_layout joined;
	struct u64map by_name; /* name of a linked section -> its index */
	struct strmap by_text; /* likewise */
	struct arena arena;
};

/* ---- what the linker meets ---- */

static int collect(struct laying *l, struct err *e)
{
	const struct codemap_builder *b = l->b;
	size_t room = 1;

	for (size_t i = 0; i < b->members.n; i++)
		room += b->footprints.v[b->members.v[i].footprint].count;
	l->inputs = arena_calloc(&l->arena, room, sizeof(*l->inputs));
	l->sections = arena_calloc(&l->arena, room, sizeof(*l->sections));
	if (!l->inputs || !l->sections)
		return err_nomem(e);
	for (size_t i = 0; i < b->members.n; i++) {
		const struct code_footprint f =
			b->footprints.v[b->members.v[i].footprint];

		for (uint32_t k = f.first; k < f.first + f.count; k++) {
			const struct code_section *s = &b->sections.v[k];

			if (!s->size)
				continue;
			l->inputs[l->ninputs] = (struct input){ (uint32_t)i,
								k };
			l->sections[l->ninputs++] = (struct partial_section){
				(uint64_t)s->name, s->size, s->align
			};
		}
	}
	return partial_layout_compute(l->sections, l->ninputs, &l->arena,
				      &l->joined, e);
}

/* ---- the linked sections ---- */

/* Of several of one name the first counts. */
static int index_linked(struct laying *l, size_t linked, struct err *e)
{
	const struct map_space *sp =
		&l->b->spaces.v[l->b->linked.v[linked].space];
	bool added;

	if (!strmap_put(&l->by_text, sp->section_text, strlen(sp->section_text),
			linked, &added))
		return err_nomem(e);
	if (u64map_get(&l->by_name, (uint64_t)sp->section) == U64MAP_NONE &&
	    u64map_put(&l->by_name, (uint64_t)sp->section, (uint32_t)linked))
		return err_nomem(e);
	return 0;
}

/* The linked section that a part's section of another name was gathered in:
 * the longest one whose name it begins with, up to a dot; else a new one,
 * for a .ko that is missing: a section of each name must do. */
static int find_gathered(struct laying *l, int64_t name, uint32_t *ret,
			 struct err *e)
{
	struct codemap_builder *b = l->b;
	const char *text;
	uint64_t linked;
	int r = b->names.text(b->names.ctx, name, &text, e);

	if (r < 0)
		return r;
	for (size_t len = strlen(text); len-- > 1;)
		if (text[len] == '.' &&
		    strmap_get(&l->by_text, text, len, &linked)) {
			*ret = (uint32_t)linked;
			return 0;
		}
	r = codemap_add_linked(b, name, text, 0, e);
	if (r < 0)
		return r;
	*ret = (uint32_t)(b->linked.n - 1);
	return index_linked(l, *ret, e);
}

/* ---- putting ---- */

/* A joined section after what is there. */
static int put_joined(struct laying *l, const struct joined_section *j,
		      uint32_t linked, struct err *e)
{
	struct codemap_builder *b = l->b;
	uint32_t space = b->linked.v[linked].space;
	uint64_t at = b->spaces.v[space].end;
	uint64_t rest = at % j->align;

	if (j->overflows ||
	    (rest && __builtin_add_overflow(at, j->align - rest, &at)) ||
	    j->size > UINT64_MAX - at)
		return codemap_damaged(b, e);
	b->linked.v[linked].used = true;
	for (uint32_t i = j->first; i < j->first + j->count; i++) {
		uint32_t index = l->joined.order[i];
		const struct input *in = &l->inputs[index];
		int r = codemap_add_placed(b, &b->members.v[in->member],
					   in->section, space,
					   at + l->joined.offsets[index],
					   l->sections[index].size, e);

		if (r < 0)
			return r;
	}
	return 0;
}

/* First what has a linked section of its own name, then what was gathered
 * after it. */
static int put_all(struct laying *l, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < l->b->linked.n && r == 0; i++)
		r = index_linked(l, i, e);
	for (int gathered = 0; gathered < 2; gathered++) {
		for (size_t i = 0; i < l->joined.njoined && r == 0; i++) {
			struct joined_section *j = &l->joined.joined[i];
			uint32_t linked = u64map_get(&l->by_name, j->name);

			if (!j->count || (linked == U64MAP_NONE && !gathered))
				continue;
			if (linked == U64MAP_NONE)
				r = find_gathered(l, (int64_t)j->name, &linked,
						  e);
			if (r == 0)
				r = put_joined(l, j, linked, e);
			j->count = 0; /* done */
		}
	}
	return r;
}

int codemap_lay_out_module(struct codemap_builder *b, struct err *e)
{
	struct map_image *image = &b->images.v[b->images.n - 1];
	struct laying l = { .b = b };
	int r = collect(&l, e);

	if (r == 0)
		r = put_all(&l, e);
	u64map_release(&l.by_name);
	strmap_release(&l.by_text);
	arena_release(&l.arena);
	/* Sections that no part has are the script's own (.plt). */
	image->placed = r == 0 && b->placed.n > 0;
	for (size_t i = 0; i < b->linked.n; i++) {
		const struct code_linked *k = &b->linked.v[i];

		if (k->used && b->spaces.v[k->space].end != k->size)
			image->placed = false;
	}
	return r;
}
