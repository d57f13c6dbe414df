/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members, their executable sections, and the symbols in them.
 */
#include "store/map_code.h"

#include <stdlib.h>
#include <string.h>

#include "elf/return_sites.h"
#include "store/audit.h"
#include "support/grow.h"

int map_room(void **array, size_t count, size_t *capacity, size_t size,
	     struct err *e)
{
	if (count >= MAP_NONE - 1 || grow_room(array, count, capacity, size))
		return err_nomem(e);
	return 0;
}

int map_damaged(const struct map_loading *l, struct err *e)
{
	return err_set(
		e, ERR_DB,
		"what database '%s' has of the code of build %lld is damaged: audit the tree again with --full",
		l->s->path, (long long)l->build);
}

/* ---- footprints, each read once ---- */

static int add_section(struct map_loading *l, sqlite3_stmt *st, bool known,
		       struct err *e)
{
	struct code_section sec = {
		.name = sqlite3_column_int64(st, 1),
		.size = (uint64_t)sqlite3_column_int64(st, 2),
		.align = (uint64_t)sqlite3_column_int64(st, 3),
		.ordinal = (uint32_t)sqlite3_column_int64(st, 0),
		.returns_known = known,
	};
	const void *blob = sqlite3_column_blob(st, 4);
	int len = sqlite3_column_bytes(st, 4);
	unsigned char *copy;

	if (blob && len > 0) {
		copy = arena_alloc(&l->map.arena, (size_t)len);
		if (!copy)
			return err_nomem(e);
		memcpy(copy, blob, (size_t)len);
		sec.returns = copy;
		sec.returns_len = (size_t)len;
	}
	if (VECTOR_ROOM(&l->sections, e))
		return -ERR_NOMEM;
	l->sections.v[l->sections.n++] = sec;
	return 0;
}

static int read_sections(struct map_loading *l, int64_t footprint, bool known,
			 struct err *e)
{
	struct value key = V_INT(footprint);
	sqlite3_stmt *st;
	int step = SQLITE_DONE;
	int r = store_select(l->s, ST_MAP_SECTIONS, &key, 1, &st, e);

	if (r < 0)
		return r;
	while (r == 0 && (step = sqlite3_step(st)) == SQLITE_ROW)
		r = add_section(l, st, known, e);
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(l->s, e);
	sqlite3_reset(st);
	return r;
}

/* The symbol's section among those of the footprint, which the last symbol
 * was mostly in, too; NULL where it is no code. */
static struct code_section *section_of(struct map_loading *l,
				       const struct code_footprint *f,
				       struct code_section *last,
				       int64_t ordinal)
{
	if (last && last->ordinal == ordinal)
		return last;
	for (uint32_t i = 0; i < f->count; i++)
		if (l->sections.v[f->first + i].ordinal == ordinal)
			return &l->sections.v[f->first + i];
	return NULL;
}

static int add_symbol(struct map_loading *l, struct code_section *sec,
		      sqlite3_stmt *st, struct err *e)
{
	int64_t info = sqlite3_column_int64(st, 4);
	struct map_symbol sym = {
		.addr = (uint64_t)sqlite3_column_int64(st, 1),
		.size = (uint64_t)sqlite3_column_int64(st, 2),
		.name = sqlite3_column_int64(st, 3),
		.type = info & 15,
		.bind = info >> 4 & 15,
	};

	/* Sorted by section: a section's symbols are neighbours. */
	if (!sec->nsymbols)
		sec->first_symbol = (uint32_t)l->offsets.n;
	if (sym.addr > sec->size ||
	    sec->first_symbol + sec->nsymbols != l->offsets.n)
		return 0;
	if (VECTOR_ROOM(&l->offsets, e))
		return -ERR_NOMEM;
	l->offsets.v[l->offsets.n++] = sym;
	sec->nsymbols++;
	return 0;
}

static int read_symbols(struct map_loading *l, int64_t footprint,
			const struct code_footprint *f, struct err *e)
{
	struct value key = V_INT(footprint);
	struct code_section *sec = NULL;
	sqlite3_stmt *st;
	int step = SQLITE_DONE;
	int r = store_select(l->s, ST_MAP_SYMBOLS, &key, 1, &st, e);

	if (r < 0)
		return r;
	while (r == 0 && (step = sqlite3_step(st)) == SQLITE_ROW) {
		sec = section_of(l, f, sec, sqlite3_column_int64(st, 0));
		if (sec)
			r = add_symbol(l, sec, st, e);
	}
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(l->s, e);
	sqlite3_reset(st);
	return r;
}

static int read_footprint(struct map_loading *l, int64_t id, bool known,
			  uint32_t *ret, struct err *e)
{
	struct code_footprint f = { .first = (uint32_t)l->sections.n };
	int r;

	*ret = u64map_get(&l->footprint_ids, (uint64_t)id);
	if (*ret != U64MAP_NONE)
		return 0;
	if ((r = read_sections(l, id, known, e)) < 0)
		return r;
	f.count = (uint32_t)l->sections.n - f.first;
	if (f.count && (r = read_symbols(l, id, &f, e)) < 0)
		return r;
	if (VECTOR_ROOM(&l->footprints, e))
		return -ERR_NOMEM;
	*ret = (uint32_t)l->footprints.n;
	if (u64map_put(&l->footprint_ids, (uint64_t)id, *ret))
		return err_nomem(e);
	l->footprints.v[l->footprints.n++] = f;
	return 0;
}

/* ---- members ---- */

static int find_object(struct map_loading *l, int64_t path, uint32_t *ret,
		       struct err *e)
{
	*ret = u64map_get(&l->object_ids, (uint64_t)path);
	if (*ret != U64MAP_NONE)
		return 0;
	if (VECTOR_ROOM(&l->objects, e))
		return -ERR_NOMEM;
	*ret = (uint32_t)l->objects.n;
	if (u64map_put(&l->object_ids, (uint64_t)path, *ret))
		return err_nomem(e);
	l->objects.v[l->objects.n++] = (struct map_object){ path };
	return 0;
}

static int add_member(struct map_loading *l, sqlite3_stmt *st, struct err *e)
{
	int64_t machine = sqlite3_column_int64(st, 4);
	uint32_t eflags = (uint32_t)sqlite3_column_int64(st, 6);
	struct code_member m = { .ordinal = sqlite3_column_int64(st, 0) };
	bool known = sqlite3_column_int(st, 3) == FOOTPRINT_FULL &&
		     return_sites_known((uint16_t)machine, eflags);
	int r;

	if (!l->map.machine) {
		l->map.machine = (uint16_t)machine;
		l->map.is_64bit = sqlite3_column_int(st, 5) == 64;
	}
	if ((r = find_object(l, sqlite3_column_int64(st, 1), &m.object, e)) <
		    0 ||
	    (r = read_footprint(l, sqlite3_column_int64(st, 2), known,
				&m.footprint, e)) < 0)
		return r;
	if (VECTOR_ROOM(&l->members, e))
		return -ERR_NOMEM;
	l->members.v[l->members.n++] = m;
	return 0;
}

int map_read_members(struct map_loading *l, int64_t member_list, struct err *e)
{
	struct value keys[] = { V_INT(l->build), V_INT(member_list) };
	sqlite3_stmt *st;
	int step = SQLITE_DONE;
	int r = store_select(l->s, ST_MAP_MEMBERS, keys, 2, &st, e);

	if (r < 0)
		return r;
	l->members.n = 0;
	while (r == 0 && (step = sqlite3_step(st)) == SQLITE_ROW)
		r = add_member(l, st, e);
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(l->s, e);
	sqlite3_reset(st);
	return r;
}
