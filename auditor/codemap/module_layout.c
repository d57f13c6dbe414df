/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where `ld -r` put the code of a module's parts.  It puts sections of one
 * name one after the other, in the order of the parts and each aligned; a
 * script of the kernel (module.lds) may gather the likes of .text.unlikely
 * at the end of .text.
 */
#include "codemap/module_layout.h"

#include <string.h>

#define NO_LINKED SIZE_MAX

/* In the replay: how far each linked section is filled. */
static uint64_t *end_of(struct codemap_builder *b, uint32_t space)
{
	return &b->spaces.v[space].end;
}

static bool align_up(uint64_t *at, uint64_t align)
{
	uint64_t rest = align > 1 ? *at % align : 0;

	return !rest || !__builtin_add_overflow(*at, align - rest, at);
}

static size_t find_linked(const struct codemap_builder *b, int64_t name)
{
	for (size_t i = 0; i < b->linked.n; i++)
		if (b->spaces.v[b->linked.v[i].space].section == name)
			return i;
	return NO_LINKED;
}

/* The linked section that a part's section of another name was gathered in:
 * the longest one whose name it begins with, up to a dot. */
static int find_gathered(struct codemap_builder *b, int64_t name, size_t *ret,
			 struct err *e)
{
	size_t best = 0;
	const char *text;
	int r = b->names.text(b->names.ctx, name, &text, e);

	if (r < 0)
		return r;
	*ret = NO_LINKED;
	for (size_t i = 0; i < b->linked.n; i++) {
		uint32_t space = b->linked.v[i].space;
		const char *to = b->spaces.v[space].section_text;
		size_t len = strlen(to);

		if (len > best && strncmp(text, to, len) == 0 &&
		    text[len] == '.') {
			best = len;
			*ret = i;
		}
	}
	return 0;
}

/* A .ko that is missing: a section of each name must do. */
static int add_linked(struct codemap_builder *b, int64_t name, size_t *ret,
		      struct err *e)
{
	const char *text;
	int r = b->names.text(b->names.ctx, name, &text, e);

	if (r == 0)
		r = codemap_add_linked(b, name, text, 0, e);
	if (r == 0)
		*ret = b->linked.n - 1;
	return r;
}

static int put_section(struct codemap_builder *b, const struct code_member *m,
		       uint32_t section, size_t linked, struct err *e)
{
	const struct code_section *sec = &b->sections.v[section];
	uint32_t space = b->linked.v[linked].space;
	uint64_t at = *end_of(b, space);

	if (!align_up(&at, sec->align) || sec->size > UINT64_MAX - at)
		return codemap_damaged(b, e);
	*end_of(b, space) = at + sec->size;
	b->linked.v[linked].used = true;
	return codemap_add_placed(b, m, section, space, at, sec->size, e);
}

/* All parts' sections of one name, after what is there. */
static int gather(struct codemap_builder *b, int64_t name, size_t linked,
		  struct err *e)
{
	uint32_t space = b->linked.v[linked].space;
	uint64_t align = 1;
	int r = 0;

	/* They were one section before, aligned as the strictest of them. */
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < b->members.n && r == 0; i++) {
			const struct code_member *m = &b->members.v[i];
			const struct code_footprint f =
				b->footprints.v[m->footprint];

			for (uint32_t k = f.first; k < f.first + f.count; k++) {
				const struct code_section *sec =
					&b->sections.v[k];

				if (sec->name != name || !sec->size || r < 0)
					continue;
				if (pass)
					r = put_section(b, m, k, linked, e);
				else if (sec->align > align)
					align = sec->align;
			}
		}
		if (!pass && !align_up(end_of(b, space), align))
			return codemap_damaged(b, e);
	}
	return r;
}

/* One section of a part, where nothing of its name was gathered yet. */
static int put_name(struct codemap_builder *b, int64_t name,
		    struct u64map *done, bool gathered, struct err *e)
{
	size_t linked = find_linked(b, name);
	int r = 0;

	if (u64map_get(done, (uint64_t)name) != U64MAP_NONE ||
	    (linked == NO_LINKED) != gathered)
		return 0;
	if (u64map_put(done, (uint64_t)name, 0))
		return err_nomem(e);
	if (gathered)
		r = find_gathered(b, name, &linked, e);
	if (r == 0 && linked == NO_LINKED)
		r = add_linked(b, name, &linked, e);
	return r < 0 ? r : gather(b, name, linked, e);
}

static int put_names(struct codemap_builder *b, struct u64map *done,
		     bool gathered, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < b->members.n && r == 0; i++) {
		const struct code_footprint f =
			b->footprints.v[b->members.v[i].footprint];

		for (uint32_t k = f.first; k < f.first + f.count && r == 0; k++)
			if (b->sections.v[k].size)
				r = put_name(b, b->sections.v[k].name, done,
					     gathered, e);
	}
	return r;
}

int codemap_lay_out_module(struct codemap_builder *b, struct err *e)
{
	struct map_image *image = &b->images.v[b->images.n - 1];
	struct u64map done = U64MAP_INIT;
	int r = put_names(b, &done, false, e);

	if (r == 0)
		r = put_names(b, &done, true, e);
	u64map_release(&done);
	/* Sections that no part has are the script's own (.plt). */
	image->placed = r == 0 && b->placed.n > 0;
	for (size_t i = 0; i < b->linked.n; i++)
		if (b->linked.v[i].used &&
		    *end_of(b, b->linked.v[i].space) != b->linked.v[i].size)
			image->placed = false;
	return r;
}
