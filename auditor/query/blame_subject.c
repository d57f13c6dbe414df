/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/blame_subject.h"

#include <stdlib.h>
#include <string.h>

#include "model/name_hash.h"
#include "query/resolve.h"
#include "query/subject.h"
#include "support/grow.h"

/* More things of one name than this are not listed to choose from. */
#define PLACES_MAX 100

void blame_subject_release(struct blame_subject *s)
{
	free(s->places);
	arena_release(&s->arena);
}

static int add_place(struct blame_subject *s, const struct symbol_place *p,
		     const char *word, struct err *e)
{
	if (s->nplaces == PLACES_MAX)
		return err_set(
			e, ERR_USAGE,
			"more than %d symbols are called '%.100s': say where with --branch",
			PLACES_MAX, word);
	if (grow_room((void **)&s->places, s->nplaces, &s->room,
		      sizeof(*s->places)))
		return err_nomem(e);
	s->places[s->nplaces++] = *p;
	return 0;
}

/* ---- paths ---- */

/* The newest build that has the object. */
static int seed_object(struct blame_walk *w, int64_t path,
		       struct blame_subject *s, struct err *e)
{
	struct symbol_place p = { .path = path, .ordinal = -1 };
	int r = 0;

	for (size_t i = 0; i < w->lineage->nbuilds && r == 0; i++) {
		uint32_t build = w->newest[i];

		r = symbol_match_footprint(&w->match,
					   w->lineage->builds[build].id, path,
					   &p.footprint, &p.size, e);
		s->seed = build;
	}
	if (r <= 0)
		return r;
	s->kind = BLAME_OBJECT;
	r = add_place(s, &p, "", e);
	return r < 0 ? r : 1;
}

/* 1: it is a path, 0: not. */
static int find_path(struct blame_walk *w, const struct database *d,
		     const char *path, struct blame_subject *s, struct err *e)
{
	const struct binding bindings[] = { { ":word", path, NULL },
					    { NULL, NULL, NULL } };
	sqlite3_stmt *st = NULL;
	int64_t id = 0;
	bool directory = false;
	int r = database_prepare(d, "blame-path", bindings, &st, e);

	if (r == 0)
		r = database_step(d, st, e);
	if (r == 1) {
		directory = sqlite3_column_type(st, 0) == SQLITE_NULL;
		id = sqlite3_column_int64(st, 0);
	}
	sqlite3_finalize(st);
	if (r <= 0)
		return r;
	if (!directory)
		return seed_object(w, id, s, e);
	s->kind = BLAME_DIRECTORY;
	s->directory = path;
	return 1;
}

/* ---- symbols ---- */

static int in_branch_of(const struct database *d, const char *branch,
			int64_t path, struct err *e)
{
	const struct binding bindings[] = { { ":branch", branch, NULL },
					    { ":path", NULL, &path },
					    { NULL, NULL, NULL } };
	sqlite3_stmt *st = NULL;
	int r = 1;

	if (!branch)
		return 1;
	r = database_prepare(d, "blame-in-branch", bindings, &st, e);
	if (r == 0)
		r = database_step(d, st, e);
	sqlite3_finalize(st);
	return r;
}

/* All that a build has of that name.  1: some. */
static int seed_symbols(struct blame_walk *w, const struct database *d,
			const char *file, const char *name, const char *branch,
			uint32_t build, struct blame_subject *s, struct err *e)
{
	const int64_t first = name_hash(name, strlen(name));
	const struct binding bindings[] = {
		{ ":build", NULL, &w->lineage->builds[build].id },
		{ ":name", name, NULL },
		{ ":first", NULL, &first },
		{ NULL, NULL, NULL },
	};
	sqlite3_stmt *st = NULL;
	struct symbol_place p;
	int r = database_prepare(d, file, bindings, &st, e);

	while (r == 0 && (r = database_step(d, st, e)) == 1) {
		int64_t path = sqlite3_column_int64(st, 0);

		r = in_branch_of(d, branch, path, e);
		if (r == 1)
			r = symbol_match_at(&w->match, path,
					    sqlite3_column_int64(st, 1),
					    sqlite3_column_int64(st, 2), &p, e);
		if (r == 1)
			r = add_place(s, &p, name, e);
	}
	sqlite3_finalize(st);
	s->kind = BLAME_SYMBOL;
	s->seed = build;
	return r < 0 ? r : s->nplaces > 0;
}

/* The newest build that ever had it: all of its footprints are read. */
static int find_ever(struct blame_walk *w, const struct database *d,
		     const char *name, uint32_t *ret, struct err *e)
{
	const struct binding bindings[] = { { ":name", name, NULL },
					    { NULL, NULL, NULL } };
	const struct lineage *l = w->lineage;
	uint32_t best = LINEAGE_NONE;
	sqlite3_stmt *st = NULL;
	int r = database_prepare(d, "blame-ever", bindings, &st, e);

	while (r == 0 && (r = database_step(d, st, e)) == 1) {
		int64_t id = sqlite3_column_int64(st, 0);

		for (uint32_t i = 0; i < l->nbuilds; i++)
			if (l->builds[i].id == id &&
			    (best == LINEAGE_NONE ||
			     l->builds[i].place < l->builds[best].place))
				best = i;
		r = 0;
	}
	sqlite3_finalize(st);
	*ret = best;
	return r < 0 ? r : best != LINEAGE_NONE;
}

static int find_symbol(struct blame_walk *w, const struct database *d,
		       const char *name, const char *branch,
		       struct blame_subject *s, struct err *e)
{
	uint32_t newest = w->newest[0], ever;
	int r = seed_symbols(w, d, "blame-seeds", name, branch, newest, s, e);

	if (r == 0)
		r = seed_symbols(w, d, "blame-seeds-clones", name, branch,
				 newest, s, e);
	if (r == 0)
		r = find_ever(w, d, name, &ever, e);
	else
		return r;
	return r == 1 ? seed_symbols(w, d, "blame-seeds-clones", name, branch,
				     ever, s, e)
		      : r;
}

/* ---- a word ---- */

/* As kmemdb show takes it: the end of a path; else it names the nearest. */
static int find_as_show(struct blame_walk *w, const struct database *d,
			const char *word, struct blame_subject *s,
			struct err *e)
{
	struct subject found;
	int r = subject_find(d, word, NULL, NULL, &s->arena, &found, e);

	if (r < 0)
		return r;
	if (found.object && (r = find_path(w, d, found.name, s, e)))
		return r;
	return err_set(e, ERR_USAGE,
		       "no build has an object or symbol '%.200s'", word);
}

int blame_subject_find(struct blame_walk *w, const struct database *d,
		       const char *word, const char *branch,
		       struct blame_subject *ret, struct err *e)
{
	struct blame_subject *s = ret;
	const char *path, *below = NULL;
	int r;

	*s = (struct blame_subject){ .arena = ARENA_INIT };
	if (!w->lineage->nbuilds)
		return err_set(
			e, ERR_DB,
			"database '%s' holds no build: run 'kmemdb audit TREE' first",
			d->path);
	path = branch_normalise(word, &s->arena);
	if (branch)
		below = branch_normalise(branch, &s->arena);
	if (!path || (branch && !below))
		return err_nomem(e);
	r = find_path(w, d, path, s, e);
	if (r == 0)
		r = find_symbol(w, d, word, below, s, e);
	if (r == 0)
		r = find_as_show(w, d, word, s, e);
	return r < 0 ? r : 0;
}
