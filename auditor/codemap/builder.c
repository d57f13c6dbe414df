/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "codemap/builder.h"

#include <stdlib.h>
#include <string.h>

#include "elf/return_sites.h"
#include "support/grow.h"

int codemap_room(void **array, size_t count, size_t *capacity, size_t size,
		 struct err *e)
{
	if (count >= MAP_NONE - 1 || grow_room(array, count, capacity, size))
		return err_nomem(e);
	return 0;
}

int codemap_damaged(const struct codemap_builder *b, struct err *e)
{
	return err_set(
		e, ERR_DB,
		"what database '%s' has of the code of build %lld is damaged: audit the tree again with --full",
		b->database, (long long)b->build);
}

/* ---- footprints ---- */

uint32_t codemap_find_footprint(const struct codemap_builder *b, int64_t id)
{
	return u64map_get(&b->footprint_ids, (uint64_t)id);
}

int codemap_add_section(struct codemap_builder *b,
			const struct code_section *section, struct err *e)
{
	struct code_section sec = *section;
	unsigned char *copy;

	sec.first_symbol = sec.nsymbols = 0;
	sec.return_sites = NULL;
	if (section->return_sites && section->return_sites_len) {
		copy = arena_alloc(&b->map.arena, section->return_sites_len);
		if (!copy)
			return err_nomem(e);
		memcpy(copy, section->return_sites, section->return_sites_len);
		sec.return_sites = copy;
	}
	if (VECTOR_ROOM(&b->sections, e))
		return -ERR_NOMEM;
	b->sections.v[b->sections.n++] = sec;
	return 0;
}

/* Sections since the last footprint. */
static uint32_t open_sections(const struct codemap_builder *b)
{
	const struct code_footprint *last;

	if (!b->footprints.n)
		return 0;
	last = &b->footprints.v[b->footprints.n - 1];
	return last->first + last->count;
}

/* The symbol's section among those of the open footprint, which the last
 * symbol was mostly in, too; NULL where it is not code. */
static struct code_section *section_of(struct codemap_builder *b,
				       int64_t ordinal)
{
	struct code_section *v = b->sections.v;
	size_t low = open_sections(b), high = b->sections.n;

	if (b->last_section >= low && b->last_section < high &&
	    v[b->last_section].ordinal == ordinal)
		return &v[b->last_section];
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (v[mid].ordinal < ordinal)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == b->sections.n || v[low].ordinal != ordinal)
		return NULL;
	b->last_section = low;
	return &v[low];
}

int codemap_add_offset(struct codemap_builder *b, int64_t section,
		       const struct map_symbol *sym, struct err *e)
{
	struct code_section *sec = section_of(b, section);

	if (!sec)
		return 0;
	/* Sorted by section: a section's symbols are neighbours. */
	if (!sec->nsymbols)
		sec->first_symbol = (uint32_t)b->offsets.n;
	if (sym->addr > sec->size ||
	    sec->first_symbol + sec->nsymbols != b->offsets.n)
		return 0;
	if (VECTOR_ROOM(&b->offsets, e))
		return -ERR_NOMEM;
	b->offsets.v[b->offsets.n++] = *sym;
	sec->nsymbols++;
	return 0;
}

int codemap_add_footprint(struct codemap_builder *b, int64_t id,
			  uint32_t *ret_index, struct err *e)
{
	uint32_t first = open_sections(b), index = (uint32_t)b->footprints.n;

	if (VECTOR_ROOM(&b->footprints, e))
		return -ERR_NOMEM;
	if (u64map_put(&b->footprint_ids, (uint64_t)id, index))
		return err_nomem(e);
	b->footprints.v[b->footprints.n++] = (struct code_footprint){
		first, (uint32_t)b->sections.n - first
	};
	*ret_index = index;
	return 0;
}

/* ---- members ---- */

bool codemap_return_sites_known(uint16_t machine, uint32_t eflags)
{
	return return_sites_known(machine, eflags);
}

void codemap_set_machine(struct codemap_builder *b, uint16_t machine,
			 bool is_64bit)
{
	if (b->map.machine)
		return;
	b->map.machine = machine;
	b->map.is_64bit = is_64bit;
}

static int find_object(struct codemap_builder *b, int64_t path, uint32_t *ret,
		       struct err *e)
{
	*ret = u64map_get(&b->object_ids, (uint64_t)path);
	if (*ret != U64MAP_NONE)
		return 0;
	if (VECTOR_ROOM(&b->objects, e))
		return -ERR_NOMEM;
	*ret = (uint32_t)b->objects.n;
	if (u64map_put(&b->object_ids, (uint64_t)path, *ret))
		return err_nomem(e);
	b->objects.v[b->objects.n++] = (struct map_object){ path };
	return 0;
}

int codemap_add_member(struct codemap_builder *b, int64_t ordinal, int64_t path,
		       uint32_t footprint, struct err *e)
{
	struct code_member m = { .ordinal = ordinal, .footprint = footprint };
	int r = find_object(b, path, &m.object, e);

	if (r < 0 || (r = VECTOR_ROOM(&b->members, e)) < 0)
		return r;
	b->members.v[b->members.n++] = m;
	return 0;
}

/* ---- images ---- */

int codemap_add_image(struct codemap_builder *b, int64_t name, const char *text,
		      struct err *e)
{
	char *copy = arena_strdup(&b->map.arena, text);

	if (!copy)
		return err_nomem(e);
	/* The kernel calls a module so, whatever its file is called. */
	for (char *c = copy; *c; c++)
		if (*c == '-')
			*c = '_';
	if (VECTOR_ROOM(&b->images, e))
		return -ERR_NOMEM;
	b->images.v[b->images.n++] = (struct map_image){
		.name = name,
		.name_text = copy,
		.first_space = (uint32_t)b->spaces.n,
	};
	b->first_symbol = b->symbols.n;
	b->members.n = b->placed.n = b->linked.n = 0;
	return 0;
}

int codemap_add_space(struct codemap_builder *b, int64_t section,
		      const char *text, uint32_t *ret, struct err *e)
{
	struct map_image *image = &b->images.v[b->images.n - 1];
	char *copy = arena_strdup(&b->map.arena, text);

	if (!copy)
		return err_nomem(e);
	if (VECTOR_ROOM(&b->spaces, e))
		return -ERR_NOMEM;
	*ret = (uint32_t)b->spaces.n;
	b->spaces.v[b->spaces.n++] = (struct map_space){
		.image = (uint32_t)(b->images.n - 1),
		.section = section,
		.section_text = copy,
	};
	image->nspaces++;
	return 0;
}

int codemap_add_linked(struct codemap_builder *b, int64_t section,
		       const char *text, uint64_t size, struct err *e)
{
	struct code_linked linked = { .size = size };
	int r = codemap_add_space(b, section, text, &linked.space, e);

	if (r < 0 || (r = VECTOR_ROOM(&b->linked, e)) < 0)
		return r;
	b->linked.v[b->linked.n++] = linked;
	return 0;
}

int codemap_add_placed(struct codemap_builder *b, const struct code_member *m,
		       uint32_t section, uint32_t space, uint64_t addr,
		       uint64_t size, struct err *e)
{
	const struct code_section *sec = &b->sections.v[section];
	struct map_space *sp = &b->spaces.v[space];

	if (size > UINT64_MAX - addr)
		return codemap_damaged(b, e);
	if (VECTOR_ROOM(&b->placed, e))
		return -ERR_NOMEM;
	b->placed.v[b->placed.n++] = (struct code_placed){
		.place = {
			.addr = addr,
			.size = size,
			.space = space,
			.object = m->object,
			.return_sites = sec->return_sites,
			.return_sites_len = sec->return_sites_len,
			.return_sites_known = sec->return_sites_known,
		},
		.section = section,
	};
	if (addr + size > sp->end)
		sp->end = addr + size;
	return 0;
}

/* ---- the map's own copy ---- */

#define KEEP(b, x)                                                             \
	arena_copy(&(b)->map.arena, (b)->x.v, (b)->x.n, sizeof(*(b)->x.v))

int codemap_finish(struct codemap_builder *b, struct symbol_map *ret,
		   struct err *e)
{
	struct symbol_map *m = &b->map;

	m->images = KEEP(b, images);
	m->spaces = KEEP(b, spaces);
	m->places = KEEP(b, places);
	m->symbols = KEEP(b, symbols);
	m->objects = KEEP(b, objects);
	m->nimages = b->images.n;
	m->nspaces = b->spaces.n;
	m->nplaces = b->places.n;
	m->nsymbols = b->symbols.n;
	m->nobjects = b->objects.n;
	if (!m->images || !m->spaces || !m->places || !m->symbols ||
	    !m->objects)
		return err_nomem(e);
	*ret = *m;
	b->map = (struct symbol_map){ .machine = 0 };
	return 0;
}

void codemap_builder_release(struct codemap_builder *b)
{
	u64map_release(&b->object_ids);
	u64map_release(&b->footprint_ids);
	free(b->footprints.v);
	free(b->sections.v);
	free(b->offsets.v);
	free(b->images.v);
	free(b->spaces.v);
	free(b->places.v);
	free(b->symbols.v);
	free(b->objects.v);
	free(b->members.v);
	free(b->placed.v);
	free(b->linked.v);
	symbol_map_release(&b->map);
}
