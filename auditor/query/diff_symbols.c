/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/diff_symbols.h"

#include <stdlib.h>

#include "support/grow.h"
#include "support/u64map.h"

/* ---- what the database has ---- */

struct section {
	int64_t object, ordinal, number;
	const char *name;
};

struct sections {
	struct section *list; /* by object and ordinal */
	size_t n, room;
};

static const char *text(struct arena *a, sqlite3_stmt *st, int column)
{
	const unsigned char *t = sqlite3_column_text(st, column);

	return arena_strdup(a, t ? (const char *)t : "");
}

/* A number for a text that is the same for equal ones.  A hash, not the number
 * that the name has in the database: where several symbols of an object have
 * one name, the order of these numbers says which is compared with which, and
 * that must not depend on what else the database holds.  A collision would
 * only let two sections of an object be compared as one. */
static int64_t section_number(const char *name)
{
	uint64_t h = UINT64_C(1469598103934665603);

	for (; *name; name++)
		h = (h ^ (unsigned char)*name) * UINT64_C(1099511628211);
	return (int64_t)h;
}

static int load_sections(const struct database *d,
			 const struct binding *bindings, struct arena *arena,
			 struct sections *ret, struct err *e)
{
	sqlite3_stmt *st;
	int r = database_prepare(d, "diff-sections", bindings, &st, e);

	if (r)
		return r;
	while ((r = database_step(d, st, e)) == 1) {
		const char *name = text(arena, st, 2);

		if (!name || grow_room((void **)&ret->list, ret->n, &ret->room,
				       sizeof(*ret->list))) {
			r = err_nomem(e);
			break;
		}
		ret->list[ret->n++] = (struct section){
			sqlite3_column_int64(st, 0),
			sqlite3_column_int64(st, 1),
			section_number(name),
			name,
		};
	}
	sqlite3_finalize(st);
	return r;
}

static int compare_sections(const void *va, const void *vb)
{
	const struct section *a = va, *b = vb;

	if (a->object != b->object)
		return a->object < b->object ? -1 : 1;
	return (a->ordinal > b->ordinal) - (a->ordinal < b->ordinal);
}

/* NULL: debugging data, or no section of the file. */
static const struct section *find_section(const struct sections *s,
					  int64_t object, int64_t ordinal)
{
	const struct section key = { object, ordinal, 0, NULL };

	return bsearch(&key, s->list, s->n, sizeof(key), compare_sections);
}

static int add_symbol(struct diff_side *side, const struct section *section,
		      sqlite3_stmt *st, struct err *e)
{
	if (grow_room((void **)&side->symbols, side->n, &side->symbols_room,
		      sizeof(*side->symbols)) ||
	    grow_room((void **)&side->stored, side->n, &side->stored_room,
		      sizeof(*side->stored)))
		return err_nomem(e);
	side->stored[side->n] = (struct diff_symbol){
		.object = section->object,
		.name_id = sqlite3_column_int64(st, 2),
		.section = section->name,
		.symbol = "",
		.own = sqlite3_column_int64(st, 6),
	};
	side->symbols[side->n++] = (struct compare_symbol){
		.path = section->object,
		.section = section->number,
		.name = "",
		.value = (uint64_t)sqlite3_column_int64(st, 3),
		.size = (uint64_t)sqlite3_column_int64(st, 4),
		/* Code becomes no data; the rest compilers may exchange. */
		.type = sqlite3_column_int(st, 5) != 0,
	};
	return 0;
}

static int add_symbols(const struct database *d, const struct binding *bindings,
		       const struct sections *sections, struct diff_side *side,
		       struct err *e)
{
	const struct section *in = NULL;
	sqlite3_stmt *st;
	int r = database_prepare(d, "diff-symbols", bindings, &st, e);

	if (r)
		return r;
	while ((r = database_step(d, st, e)) == 1) {
		const int64_t object = sqlite3_column_int64(st, 0);
		const int64_t ordinal = sqlite3_column_int64(st, 1);

		if (!in || in->object != object || in->ordinal != ordinal)
			in = find_section(sections, object, ordinal);
		r = in ? add_symbol(side, in, st, e) : 0;
		if (r < 0)
			break;
	}
	sqlite3_finalize(st);
	return r;
}

static int load_side(const struct database *d, int64_t after,
		     struct arena *arena, struct diff_side *side, struct err *e)
{
	const struct binding bindings[] = { { ":after", NULL, &after },
					    { NULL, NULL, NULL } };
	struct sections sections = { .n = 0 };
	int r = load_sections(d, bindings, arena, &sections, e);

	if (r == 0 && sections.n)
		r = add_symbols(d, bindings, &sections, side, e);
	free(sections.list);
	return r;
}

/* ---- the names of the rest ---- */

struct names {
	const struct database *d;
	sqlite3_stmt *st;
	struct arena *arena;
	struct u64map places; /* in list, by id: most are on both sides */
	struct name {
		const char *norm, *text;
	} * list;
	size_t n, room;
};

static int look_up(struct names *names, int64_t id, struct err *e)
{
	struct name name = { "", "" };
	int r;

	sqlite3_bind_int64(names->st, 1, id);
	r = database_step(names->d, names->st, e);
	if (r == 1) {
		name.norm = text(names->arena, names->st, 0);
		name.text = text(names->arena, names->st, 1);
		r = name.norm && name.text ? 0 : err_nomem(e);
	}
	sqlite3_reset(names->st);
	if (r == 0 &&
	    (grow_room((void **)&names->list, names->n, &names->room,
		       sizeof(name)) ||
	     u64map_put(&names->places, (uint64_t)id, (uint32_t)names->n)))
		r = err_nomem(e);
	if (r == 0)
		names->list[names->n++] = name;
	return r;
}

static int name_side(struct names *names, struct diff_side *side, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < side->n && r == 0; i++) {
		const int64_t id = side->stored[i].name_id;
		uint32_t at;

		if (side->symbols[i].same)
			continue;
		at = u64map_get(&names->places, (uint64_t)id);
		if (at == U64MAP_NONE) {
			at = (uint32_t)names->n;
			r = look_up(names, id, e);
		}
		if (r == 0) {
			side->symbols[i].name = names->list[at].norm;
			side->stored[i].symbol = names->list[at].text;
		}
	}
	return r;
}

int diff_symbols_name(const struct database *d, struct diff_symbols *s,
		      struct err *e)
{
	struct names names = { .d = d, .arena = &s->arena };
	int r = database_prepare(d, "diff-symbol-name", NULL, &names.st, e);

	if (r == 0)
		r = name_side(&names, &s->before, e);
	if (r == 0)
		r = name_side(&names, &s->after, e);
	sqlite3_finalize(names.st);
	u64map_release(&names.places);
	free(names.list);
	return r;
}

/* ---- where they are ---- */

static int load_places(const struct database *d, struct diff_symbols *s,
		       struct err *e)
{
	size_t room = 0;
	sqlite3_stmt *st;
	int r = database_prepare(d, "diff-object-paths", NULL, &st, e);

	if (r)
		return r;
	while ((r = database_step(d, st, e)) == 1) {
		struct diff_place p = { .id = sqlite3_column_int64(st, 0) };

		if (sqlite3_column_type(st, 1) != SQLITE_NULL)
			p.path = text(&s->arena, st, 1);
		if (sqlite3_column_type(st, 2) != SQLITE_NULL)
			p.before_path = text(&s->arena, st, 2);
		if ((!p.path && !p.before_path) ||
		    grow_room((void **)&s->places, s->nplaces, &room,
			      sizeof(*s->places))) {
			r = err_nomem(e);
			break;
		}
		s->places[s->nplaces++] = p;
	}
	sqlite3_finalize(st);
	return r;
}

static int compare_places(const void *va, const void *vb)
{
	const struct diff_place *a = va, *b = vb;

	return (a->id > b->id) - (a->id < b->id);
}

struct diff_place *diff_symbols_place(const struct diff_symbols *s, int64_t id)
{
	const struct diff_place key = { .id = id };

	return bsearch(&key, s->places, s->nplaces, sizeof(key),
		       compare_places);
}

int diff_symbols_load(const struct database *d, struct diff_symbols *ret,
		      struct err *e)
{
	int r = load_places(d, ret, e);

	if (r == 0)
		r = load_side(d, 0, &ret->arena, &ret->before, e);
	if (r == 0)
		r = load_side(d, 1, &ret->arena, &ret->after, e);
	return r;
}

static void release_side(struct diff_side *side)
{
	free(side->symbols);
	free(side->stored);
}

void diff_symbols_release(struct diff_symbols *s)
{
	release_side(&s->before);
	release_side(&s->after);
	free(s->places);
	arena_release(&s->arena);
}
