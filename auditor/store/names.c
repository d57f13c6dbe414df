/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/names.h"

#include <stdlib.h>
#include <string.h>

#include "model/name_hash.h"
#include "model/strip_counters.h"
#include "store/statements.h"
#include "support/grow.h"

/*
 * The database's number for a text, through a map of this session: names
 * repeat so often that most look-ups never reach SQLite.
 */
static int remember(struct strmap *map, const char *key, size_t len, int64_t id,
		    struct err *e)
{
	bool added;

	if (!strmap_put(map, key, len, (uint64_t)id, &added))
		return err_nomem(e);
	return 0;
}

static bool pending_has(const struct store *s, int64_t id)
{
	return u64map_get(&s->name_ids, (uint64_t)id) != U64MAP_NONE;
}

/* 1: the database has text under id; 0: id is free; 2: another text has it;
 * negative: an error. */
static int stored_at(struct store *s, int64_t id, const char *text, size_t len,
		     struct err *e)
{
	struct value key = V_INT(id);
	sqlite3_stmt *st;
	int r = store_select(s, ST_NAME_GET, &key, 1, &st, e);

	if (r < 0)
		return r;
	switch (sqlite3_step(st)) {
	case SQLITE_DONE:
		break;
	case SQLITE_ROW: {
		const void *old = sqlite3_column_text(st, 0);

		r = old && (size_t)sqlite3_column_bytes(st, 0) == len &&
				    memcmp(old, text, len) == 0
			    ? 1
			    : 2;
		break;
	}
	default:
		r = store_fail(s, e);
	}
	sqlite3_reset(st);
	return r;
}

/* The number that text has, or shall have; *ret_new says which. */
static int find_number(struct store *s, const char *text, size_t len,
		       int64_t *ret_id, bool *ret_new, struct err *e)
{
	int64_t id = name_hash(text, len);

	/* All names of a slim export are of this session. */
	if (s->small_numbers) {
		*ret_id = ++s->last_number;
		*ret_new = true;
		return 0;
	}
	for (;; id = (id + 1) & NAME_MASK) {
		int r;

		if (pending_has(s, id))
			continue; /* another text: s->names has all of ours */
		r = s->fresh ? 0 : stored_at(s, id, text, len, e);
		if (r < 0)
			return r;
		if (r == 2)
			continue;
		*ret_id = id;
		*ret_new = r == 0;
		return 0;
	}
}

static int add_pending(struct store *s, const char *text, size_t len,
		       int64_t id, struct err *e)
{
	const char *norm = strip_counters(&s->pending_text, text);
	struct pending_name new = { id, 0, NULL };
	int r;

	/* First: the normalised name must not take the same number. */
	if (u64map_put(&s->name_ids, (uint64_t)id, 1) < 0)
		return err_nomem(e);
	if (norm && norm != text && strcmp(norm, text) != 0) {
		r = store_name(s, norm, &new.norm, e);
		if (r < 0)
			return r;
	}
	new.text = arena_strndup(&s->pending_text, text, len);
	if (!norm || !new.text || s->npending >= U64MAP_NONE ||
	    grow_room((void **)&s->pending, s->npending, &s->pending_cap,
		      sizeof(*s->pending)) ||
	    u64map_put(&s->name_ids, (uint64_t)id, (uint32_t)s->npending) < 0)
		return err_nomem(e);
	s->pending[s->npending++] = new;
	return 0;
}

int store_name(struct store *s, const char *text, int64_t *ret_id,
	       struct err *e)
{
	size_t len = strlen(text);
	bool new = false;
	uint64_t known;
	int64_t id;
	int r;

	if (strmap_get(&s->names, text, len, &known)) {
		*ret_id = (int64_t)known;
		return 0;
	}
	r = find_number(s, text, len, &id, &new, e);
	if (r == 0)
		r = remember(&s->names, text, len, id, e);
	if (r == 0 && new)
		r = add_pending(s, text, len, id, e);
	if (r == 0)
		*ret_id = id;
	return r;
}

int store_name_find(struct store *s, const char *text, size_t len,
		    int64_t *ret_id, struct err *e)
{
	bool new = false;
	uint64_t known;
	int64_t id;
	int r;

	if (strmap_get(&s->names, text, len, &known)) {
		*ret_id = (int64_t)known;
		return 1;
	}
	r = find_number(s, text, len, &id, &new, e);
	if (r < 0 || new)
		return r;
	r = remember(&s->names, text, len, id, e);
	if (r < 0)
		return r;
	*ret_id = id;
	return 1;
}

/* Keeps a copy until the next call. */
static int show_text(struct store *s, const char *text, size_t len,
		     const char **ret, struct err *e)
{
	while (s->shown_cap <= len)
		if (grow_room((void **)&s->shown, s->shown_cap, &s->shown_cap,
			      1))
			return err_nomem(e);
	memcpy(s->shown, text, len);
	s->shown[len] = '\0';
	*ret = s->shown;
	return 0;
}

int store_name_text(struct store *s, int64_t id, const char **ret,
		    struct err *e)
{
	uint32_t at = u64map_get(&s->name_ids, (uint64_t)id);
	struct value key = V_INT(id);
	sqlite3_stmt *st;
	int r;

	if (at < s->npending && s->pending[at].id == id)
		return show_text(s, s->pending[at].text,
				 strlen(s->pending[at].text), ret, e);
	r = store_select(s, ST_NAME_GET, &key, 1, &st, e);
	if (r < 0)
		return r;
	switch (sqlite3_step(st)) {
	case SQLITE_ROW: {
		const void *text = sqlite3_column_text(st, 0);

		r = show_text(s, text ? text : "",
			      (size_t)sqlite3_column_bytes(st, 0), ret, e);
		break;
	}
	case SQLITE_DONE:
		r = err_set(e, ERR_DB,
			    "database '%s' is damaged: no name of number %lld",
			    s->path, (long long)id);
		break;
	default:
		r = store_fail(s, e);
	}
	sqlite3_reset(st);
	return r;
}

static int number_of(void *ctx, const char *text, size_t len, int64_t *ret,
		     struct err *e)
{
	return store_name_find(ctx, text, len, ret, e);
}

static int text_of(void *ctx, int64_t number, const char **ret, struct err *e)
{
	return store_name_text(ctx, number, ret, e);
}

struct name_numbers store_name_numbers(struct store *s)
{
	return (struct name_numbers){ s, number_of, text_of };
}

static int compare_pending(const void *pa, const void *pb)
{
	const struct pending_name *a = pa, *b = pb;

	return a->id < b->id ? -1 : a->id > b->id;
}

int store_flush_names(struct store *s, struct err *e)
{
	int r = 0;

	if (!s->npending)
		return 0;
	qsort(s->pending, s->npending, sizeof(*s->pending), compare_pending);
	for (size_t i = 0; i < s->npending && r == 0; i++) {
		const struct pending_name *n = &s->pending[i];
		struct value values[] = {
			V_INT(n->id),
			V_TEXT(n->text),
			n->norm ? V_INT(n->norm) : V_NULL,
		};

		r = store_run(s, ST_NAME_PUT, values, 3, e);
	}
	s->npending = 0;
	arena_release(&s->pending_text);
	return r;
}

/* path[0..len) and every directory above it. */
static int store_dir(struct store *s, const char *path, size_t len,
		     int64_t *ret_id, struct err *e)
{
	struct value key = { VALUE_TEXT, 0, path, len };
	struct value values[2] = { V_NULL, key };
	int64_t id = 0, parent = 0;
	uint64_t known;
	int r;

	if (strmap_get(&s->dirs, path, len, &known)) {
		*ret_id = (int64_t)known;
		return 0;
	}
	if (len > 0) {
		const char *slash = memrchr(path, '/', len);

		r = store_dir(s, path, slash ? (size_t)(slash - path) : 0,
			      &parent, e);
		if (r < 0)
			return r;
		values[0] = V_INT(parent);
	}
	r = store_find(s, ST_DIR_GET, &key, 1, &id, e);
	if (r == 0)
		r = store_insert(s, ST_DIR_PUT, values, 2, &id, e);
	if (r >= 0)
		r = remember(&s->dirs, path, len, id, e);
	if (r == 0)
		*ret_id = id;
	return r;
}

int store_directory(struct store *s, const char *path, int64_t *ret_id,
		    struct err *e)
{
	return store_dir(s, path, strlen(path), ret_id, e);
}

int store_path(struct store *s, const char *path, int64_t *ret_id,
	       struct err *e)
{
	const char *slash = strrchr(path, '/');
	struct value values[2];
	int64_t dir, id = 0;
	uint64_t known;
	int r;

	if (strmap_get(&s->paths, path, strlen(path), &known)) {
		*ret_id = (int64_t)known;
		return 0;
	}
	r = store_dir(s, path, slash ? (size_t)(slash - path) : 0, &dir, e);
	if (r < 0)
		return r;
	values[0] = V_INT(dir);
	values[1] = V_TEXT(slash ? slash + 1 : path);
	r = store_find(s, ST_PATH_GET, values, 2, &id, e);
	if (r == 0)
		r = store_insert(s, ST_PATH_PUT, values, 2, &id, e);
	if (r >= 0)
		r = remember(&s->paths, path, strlen(path), id, e);
	if (r == 0)
		*ret_id = id;
	return r;
}
