/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/build.h"

#include <string.h>

#include "store/audit.h"
#include "store/row_digest.h"
#include "store/statements.h"

/*
 * The same build: the same commit (or, where no commit is known, the same
 * tree), configuration and label.  What was built of changed sources is not
 * what the commit is: it is a build beside it, which the next one of changed
 * sources replaces.  Unit separators keep "a","bc" apart from "ab","c".
 */
static char *identity(struct arena *a, const struct build_info *b)
{
	char hash[2 * sizeof(b->config_hash) + 1];

	for (size_t i = 0; i < sizeof(b->config_hash); i++) {
		static const char digits[] = "0123456789abcdef";

		hash[2 * i] = digits[b->config_hash[i] >> 4];
		hash[2 * i + 1] = digits[b->config_hash[i] & 15];
	}
	hash[sizeof(hash) - 1] = '\0';
	return arena_printf(a, "%s\037%s\037%s\037%s%s",
			    b->commit_id ? "commit" : "tree",
			    b->commit_id ? b->commit_id : b->tree, hash,
			    b->label ? b->label : "",
			    b->commit_id && b->dirty == DIRTY_YES ? "\037dirty"
								  : "");
}

static int compare_state(struct store *s, sqlite3_stmt *st,
			 const unsigned char *state, int64_t *ret_id,
			 struct err *e)
{
	const void *old;

	switch (sqlite3_step(st)) {
	case SQLITE_DONE:
		*ret_id = 0;
		return 0;
	case SQLITE_ROW:
		*ret_id = sqlite3_column_int64(st, 0);
		old = sqlite3_column_blob(st, 1);
		return old && sqlite3_column_bytes(st, 1) == STATE_LEN &&
		       memcmp(old, state, STATE_LEN) == 0;
	default:
		return store_fail(s, e);
	}
}

int store_build_find(struct store *s, const struct build_info *b,
		     const unsigned char state[STATE_LEN], int64_t *ret_id,
		     struct err *e)
{
	struct arena a = ARENA_INIT;
	char *key = identity(&a, b);
	struct value value = V_TEXT(key);
	sqlite3_stmt *st;
	int r;

	if (!key)
		return err_nomem(e);
	r = store_select(s, ST_BUILD_GET, &value, 1, &st, e);
	if (r == 0) {
		r = compare_state(s, st, state, ret_id, e);
		sqlite3_reset(st);
	}
	arena_release(&a);
	return r;
}

int store_build_digest(struct store *s, int64_t id,
		       unsigned char ret[STATE_LEN], struct err *e)
{
	struct value key = V_INT(id);

	return store_rows_digest(s, ST_BUILD_ROWS, &key, 1, ret, e);
}

int store_build_touch(struct store *s, int64_t id, int64_t now_ns,
		      struct err *e)
{
	struct value values[] = { V_INT(id), V_INT(now_ns) };

	return store_run(s, ST_BUILD_TOUCH, values, 2, e);
}

static int drop(struct store *s, int64_t id, struct err *e)
{
	static const enum statement order[] = {
		ST_BUILD_OBJECTS_DROP,	ST_BUILD_LINES_DROP,
		ST_BUILD_MAPS_DROP,	ST_BUILD_SOURCES_DROP,
		ST_BUILD_IMAGES_DROP,	ST_BUILD_SKIPS_DROP,
		ST_BUILD_CAVEATS_DROP,	ST_BUILD_BOOT_FILES_DROP,
		ST_BUILD_BRANCHES_DROP, ST_BUILD_DROP,
	};
	struct value key = V_INT(id);
	int r = 0;

	for (size_t i = 0; i < sizeof(order) / sizeof(*order) && r == 0; i++)
		r = store_run(s, order[i], &key, 1, e);
	return r;
}

static int put_config(struct store *s, const struct build_info *b,
		      struct value *ret, struct err *e)
{
	struct value values[] = {
		V_BLOB(b->config_hash, sizeof(b->config_hash)),
		{ VALUE_TEXT, 0, b->config, b->config_len },
	};
	int64_t id;
	int r;

	*ret = V_NULL;
	if (!b->config)
		return 0;
	r = store_find(s, ST_CONFIG_GET, values, 1, &id, e);
	if (r == 0)
		r = store_insert(s, ST_CONFIG_PUT, values, 2, &id, e);
	if (r >= 0)
		*ret = V_INT(id);
	return r < 0 ? r : 0;
}

int store_build_put(struct store *s, const struct build_info *b, int64_t id,
		    const unsigned char state[STATE_LEN], int64_t now_ns,
		    int64_t *ret_id, struct err *e)
{
	struct arena a = ARENA_INIT;
	char *key = identity(&a, b);
	struct value config;
	int r;

	if (!key)
		return err_nomem(e);
	if ((id && (r = drop(s, id, e)) < 0) ||
	    (r = put_config(s, b, &config, e)) < 0)
		goto out;
	struct value values[] = {
		id ? V_INT(id) : V_NULL,
		V_TEXT(key),
		V_TEXT(b->label),
		V_TEXT(b->commit_id),
		b->commit_ns ? V_INT(b->commit_ns) : V_NULL,
		V_TEXT(b->subject),
		b->dirty == DIRTY_UNKNOWN ? V_NULL
					  : V_INT(b->dirty == DIRTY_YES),
		V_TEXT(b->release),
		V_TEXT(b->arch),
		V_TEXT(b->compiler),
		config,
		V_TEXT(b->tree),
		V_TEXT(b->source),
		V_INT(now_ns),
		V_BLOB(state, STATE_LEN),
		b->author_ns ? V_INT(b->author_ns) : V_NULL,
	};
	r = store_insert(s, ST_BUILD_PUT, values, 16, ret_id, e);
out:
	arena_release(&a);
	return r;
}

int store_object(struct store *s, int64_t build, const char *path,
		 int64_t footprint, enum object_role role,
		 int64_t placement_set, int64_t message_set,
		 int64_t content_set, struct err *e)
{
	struct value values[7];
	int64_t id;
	int r = store_path(s, path, &id, e);

	if (r < 0)
		return r;
	values[0] = V_INT(build);
	values[1] = V_INT(id);
	values[2] = V_INT(footprint);
	values[3] = V_INT(role);
	values[4] = placement_set ? V_INT(placement_set) : V_NULL;
	values[5] = message_set ? V_INT(message_set) : V_NULL;
	values[6] = content_set ? V_INT(content_set) : V_NULL;
	return store_run(s, ST_OBJECT_PUT, values, 7, e);
}

int store_branch_sizes(struct store *s, int64_t build, struct err *e)
{
	const struct value key = V_INT(build);

	return store_run(s, ST_BRANCH_SIZES_PUT, &key, 1, e);
}

int store_skip(struct store *s, int64_t build, int64_t ordinal,
	       const char *path, const char *reason, struct err *e)
{
	struct value values[] = { V_INT(build), V_INT(ordinal), V_TEXT(path),
				  V_TEXT(reason) };

	return store_run(s, ST_SKIP_PUT, values, 4, e);
}

int store_remark(struct store *s, int64_t build, int64_t ordinal,
		 const char *text, struct err *e)
{
	struct value values[] = { V_INT(build), V_INT(ordinal), V_TEXT(text) };

	return store_run(s, ST_CAVEAT_PUT, values, 3, e);
}

int store_boot_file(struct store *s, int64_t build,
		    const struct tree_boot_file *f, struct err *e)
{
	struct value values[7];
	int64_t id;
	int r = store_path(s, f->path, &id, e);

	if (r < 0)
		return r;
	values[0] = V_INT(build);
	values[1] = V_INT(id);
	values[2] = V_INT((int64_t)f->stamp.size);
	values[3] = V_INT(f->part);
	values[4] = V_INT(f->packing);
	values[5] = f->payload ? V_INT((int64_t)f->payload) : V_NULL;
	values[6] = V_INT(f->stale);
	return store_run(s, ST_BOOT_FILE_PUT, values, 7, e);
}
