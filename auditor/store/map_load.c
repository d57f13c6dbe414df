/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/map_load.h"

#include <stdlib.h>
#include <string.h>

#include "model/tree.h"
#include "store/map_blob.h"
#include "store/map_code.h"

/* A row of map_images. */
struct image_row {
	int64_t name, member_list, linked;
	enum image_kind kind;
	struct map_cursor places, symbols; /* copies in the map's arena */
	bool has_map;
};

int map_add_space(struct map_loading *l, int64_t section, const char *text,
		  uint32_t *ret, struct err *e)
{
	struct map_image *image = &l->images.v[l->images.n - 1];
	char *copy = arena_strdup(&l->map.arena, text);

	if (!copy)
		return err_nomem(e);
	if (VECTOR_ROOM(&l->spaces, e))
		return -ERR_NOMEM;
	*ret = (uint32_t)l->spaces.n;
	l->spaces.v[l->spaces.n++] = (struct map_space){
		.image = (uint32_t)(l->images.n - 1),
		.section = section,
		.section_text = copy,
	};
	image->nspaces++;
	return 0;
}

/* ---- vmlinux ---- */

static const struct code_member *find_member(const struct map_loading *l,
					     uint32_t ordinal)
{
	size_t low = 0, high = l->members.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (l->members.v[mid].ordinal < ordinal)
			low = mid + 1;
		else
			high = mid;
	}
	return low < l->members.n && l->members.v[low].ordinal == ordinal
		       ? &l->members.v[low]
		       : NULL;
}

static int put_place(struct map_loading *l, struct image_row *row,
		     struct blob_place *p, uint32_t space, struct err *e)
{
	const struct code_member *m = find_member(l, p->member);
	const struct code_footprint *f = m ? &l->footprints.v[m->footprint]
					   : NULL;

	for (uint32_t i = 0; f && i < f->count; i++) {
		const struct code_section *sec = &l->sections.v[f->first + i];

		if (sec->ordinal != p->section)
			continue;
		if (!p->own_size)
			p->size = sec->size;
		map_cursor_end(&row->places, p);
		return map_add_placed(l, m, f->first + i, space, p->addr,
				      p->size, e);
	}
	return map_damaged(l, e);
}

static int put_places(struct map_loading *l, struct image_row *row,
		      uint32_t space, struct err *e)
{
	struct blob_place p;
	int more, r;

	while ((more = map_blob_get_place(&row->places, &p)) > 0) {
		r = put_place(l, row, &p, space, e);
		if (r < 0)
			return r;
	}
	return more < 0 ? map_damaged(l, e) : 0;
}

/* The layout is not known: one section behind the other, so that offsets in
 * sections are right and nothing else is. */
static int put_anywhere(struct map_loading *l, uint32_t space, struct err *e)
{
	for (size_t i = 0; i < l->members.n; i++) {
		const struct code_member *m = &l->members.v[i];
		const struct code_footprint f = l->footprints.v[m->footprint];

		for (uint32_t k = f.first; k < f.first + f.count; k++) {
			uint64_t size = l->sections.v[k].size;
			int r = 0;

			if (size)
				r = map_add_placed(l, m, k, space,
						   l->spaces.v[space].end, size,
						   e);
			if (r < 0)
				return r;
		}
	}
	return 0;
}

static int put_script_symbols(struct map_loading *l, struct image_row *row,
			      uint32_t space, struct err *e)
{
	struct blob_symbol s;
	int more;

	while ((more = map_blob_get_symbol(&row->symbols, &s)) > 0) {
		if (VECTOR_ROOM(&l->symbols, e))
			return -ERR_NOMEM;
		l->symbols.v[l->symbols.n++] = (struct map_symbol){
			.addr = s.addr,
			.size = s.size,
			.name = s.name,
			.space = space,
			.place = MAP_NONE,
			.type = s.type,
			.bind = s.bind,
		};
	}
	return more < 0 ? map_damaged(l, e) : 0;
}

static int place_vmlinux(struct map_loading *l, struct image_row *row,
			 struct err *e)
{
	uint32_t space;
	int r = map_add_space(l, 0, "", &space, e);

	if (r < 0)
		return r;
	l->images.v[l->images.n - 1].placed = row->has_map;
	if (!row->has_map)
		return put_anywhere(l, space, e);
	r = put_places(l, row, space, e);
	return r < 0 ? r : put_script_symbols(l, row, space, e);
}

/* ---- modules ---- */

static int add_linked_section(struct map_loading *l, sqlite3_stmt *st,
			      struct err *e)
{
	struct code_linked linked = {
		.size = (uint64_t)sqlite3_column_int64(st, 2),
	};
	const char *text = (const char *)sqlite3_column_text(st, 1);
	int r = map_add_space(l, sqlite3_column_int64(st, 0), text ? text : "",
			      &linked.space, e);

	if (r < 0 || (r = VECTOR_ROOM(&l->linked, e)) < 0)
		return r;
	l->linked.v[l->linked.n++] = linked;
	return 0;
}

static int place_module(struct map_loading *l, struct image_row *row,
			struct err *e)
{
	struct value key = V_INT(row->linked);
	sqlite3_stmt *st;
	int step = SQLITE_DONE;
	int r = store_select(l->s, ST_MAP_LINKED, &key, 1, &st, e);

	if (r < 0)
		return r;
	l->linked.n = 0;
	while (r == 0 && (step = sqlite3_step(st)) == SQLITE_ROW)
		r = add_linked_section(l, st, e);
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(l->s, e);
	sqlite3_reset(st);
	return r < 0 ? r : map_replay_module(l, e);
}

/* ---- images ---- */

static int add_image(struct map_loading *l, sqlite3_stmt *st, struct err *e)
{
	const char *text = (const char *)sqlite3_column_text(st, 1);
	char *copy = arena_strdup(&l->map.arena, text ? text : "");

	if (!copy)
		return err_nomem(e);
	/* The kernel calls a module so, whatever its file is called. */
	for (char *c = copy; *c; c++)
		if (*c == '-')
			*c = '_';
	if (VECTOR_ROOM(&l->images, e))
		return -ERR_NOMEM;
	l->images.v[l->images.n++] = (struct map_image){
		.name = sqlite3_column_int64(st, 0),
		.name_text = copy,
		.first_space = (uint32_t)l->spaces.n,
	};
	if (!l->map.machine && sqlite3_column_type(st, 5) != SQLITE_NULL) {
		l->map.machine = (uint16_t)sqlite3_column_int64(st, 5);
		l->map.is_64bit = sqlite3_column_int(st, 6) == 64;
	}
	return 0;
}

/* The blob may go when the statement is used again: none is, until the
 * image is done. */
static struct map_cursor cursor_of(sqlite3_stmt *st, int column)
{
	const unsigned char *bytes = sqlite3_column_blob(st, column);
	size_t len = (size_t)sqlite3_column_bytes(st, column);

	return (struct map_cursor){ bytes, bytes ? bytes + len : NULL, 0, 0 };
}

static int load_image(struct map_loading *l, sqlite3_stmt *st, struct err *e)
{
	struct image_row row = {
		.kind = (enum image_kind)sqlite3_column_int(st, 2),
		.member_list = sqlite3_column_int64(st, 3),
		.linked = sqlite3_column_int64(st, 4),
		.has_map = sqlite3_column_type(st, 7) != SQLITE_NULL,
		.places = cursor_of(st, 7),
		.symbols = cursor_of(st, 8),
	};
	size_t first_symbol = l->symbols.n;
	int r;

	if ((r = add_image(l, st, e)) < 0 ||
	    (r = map_read_members(l, row.member_list, e)) < 0)
		return r;
	r = row.kind == IMAGE_VMLINUX ? place_vmlinux(l, &row, e)
				      : place_module(l, &row, e);
	return r < 0 ? r : map_finish_image(l, first_symbol, e);
}

static int load_images(struct map_loading *l, struct err *e)
{
	struct value key = V_INT(l->build);
	sqlite3_stmt *st;
	int step = SQLITE_DONE;
	int r = store_select(l->s, ST_MAP_IMAGES, &key, 1, &st, e);

	if (r < 0)
		return r;
	while (r == 0 && (step = sqlite3_step(st)) == SQLITE_ROW)
		r = load_image(l, st, e);
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(l->s, e);
	sqlite3_reset(st);
	return r;
}

/* ---- the map ---- */

static void release(struct map_loading *l)
{
	u64map_release(&l->object_ids);
	u64map_release(&l->footprint_ids);
	free(l->footprints.v);
	free(l->sections.v);
	free(l->offsets.v);
	free(l->images.v);
	free(l->spaces.v);
	free(l->places.v);
	free(l->symbols.v);
	free(l->objects.v);
	free(l->members.v);
	free(l->placed.v);
	free(l->linked.v);
}

int store_map_load(struct store *s, int64_t build, struct symbol_map *ret,
		   struct err *e)
{
	struct map_loading l = { .s = s, .build = build };
	int r = load_images(&l, e);

	if (r == 0)
		r = map_keep(&l, e);
	release(&l);
	if (r < 0)
		symbol_map_release(&l.map);
	else
		*ret = l.map;
	return r;
}
