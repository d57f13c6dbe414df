/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/stamps.h"

#include <stdlib.h>
#include <string.h>

#include "store/audit.h"
#include "store/statements.h"
#include "support/grow.h"

static int tree_id(struct store *s, const char *root, int64_t *ret,
		   struct err *e)
{
	struct value key = V_TEXT(root);
	int r = store_find(s, ST_TREE_GET, &key, 1, ret, e);

	if (r == 0)
		r = store_insert(s, ST_TREE_PUT, &key, 1, ret, e);
	return r < 0 ? r : 0;
}

static int add_row(struct stamp_cache *c, size_t *cap, sqlite3_stmt *st,
		   char **path, size_t *path_cap, struct store *s,
		   struct err *e)
{
	const char *dir = (const char *)sqlite3_column_text(st, 1);
	const char *file = (const char *)sqlite3_column_text(st, 2);
	size_t dir_len = dir ? strlen(dir) : 0;
	size_t file_len = file ? strlen(file) : 0, len;
	struct stamp_entry *entry;
	bool added;

	while (*path_cap < dir_len + file_len + 2)
		if (grow_room((void **)path, *path_cap, path_cap, 1))
			goto nomem;
	memcpy(*path, dir ? dir : "", dir_len);
	len = dir_len;
	if (dir_len)
		(*path)[len++] = '/';
	memcpy(*path + len, file ? file : "", file_len);
	len += file_len;
	/* The rows come from this program's own table; what a damaged file
	 * holds can only make a look-up miss. */
	if (grow_room((void **)&c->entries, c->count, cap,
		      sizeof(*c->entries)) ||
	    !strmap_put(&c->by_path, *path, len, c->count, &added) ||
	    !strmap_put(&s->paths, *path, len,
			(uint64_t)sqlite3_column_int64(st, 0), &added))
		goto nomem;
	entry = &c->entries[c->count++];
	entry->stamp.size = (uint64_t)sqlite3_column_int64(st, 3);
	entry->stamp.mtime_ns = sqlite3_column_int64(st, 4);
	entry->stamp.ctime_ns = sqlite3_column_int64(st, 5);
	entry->stamp.inode = (uint64_t)sqlite3_column_int64(st, 6);
	entry->stamp.device = (uint64_t)sqlite3_column_int64(st, 7);
	entry->footprint = sqlite3_column_int64(st, 8);
	entry->detail = (enum footprint_detail)sqlite3_column_int(st, 9);
	entry->placement_set = sqlite3_column_int64(st, 10);
	entry->message_cache = sqlite3_column_int64(st, 11);
	entry->message_set = sqlite3_column_int64(st, 12);
	entry->content_set = sqlite3_column_int64(st, 13);
	return 0;
nomem:
	return err_nomem(e);
}

int store_stamps_load(struct store *s, const char *root,
		      struct stamp_cache *ret, struct err *e)
{
	struct stamp_cache c = { .by_path = STRMAP_INIT };
	size_t cap = 0, path_cap = 0;
	char *path = NULL;
	struct value key;
	sqlite3_stmt *st;
	int r, step;

	r = tree_id(s, root, &c.tree, e);
	if (r < 0)
		return r;
	key = V_INT(c.tree);
	r = store_select(s, ST_STAMPS_OF_TREE, &key, 1, &st, e);
	if (r < 0)
		return r;
	while ((step = sqlite3_step(st)) == SQLITE_ROW && r == 0)
		r = add_row(&c, &cap, st, &path, &path_cap, s, e);
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	free(path);
	if (r < 0)
		stamp_cache_release(&c);
	else
		*ret = c;
	return r;
}

const struct stamp_entry *stamp_cache_find(const struct stamp_cache *c,
					   const char *path)
{
	uint64_t at;

	if (!strmap_get(&c->by_path, path, strlen(path), &at))
		return NULL;
	return &c->entries[at];
}

void stamp_cache_release(struct stamp_cache *c)
{
	free(c->entries);
	strmap_release(&c->by_path);
	*c = (struct stamp_cache){ .by_path = STRMAP_INIT };
}

int store_stamp_put(struct store *s, int64_t tree, const char *path,
		    const struct file_stamp *stamp, int64_t footprint,
		    int64_t placement_set, int64_t message_cache,
		    int64_t message_set, int64_t content_set, struct err *e)
{
	struct value values[12];
	int64_t id;
	int r = store_path(s, path, &id, e);

	if (r < 0)
		return r;
	values[0] = V_INT(tree);
	values[1] = V_INT(id);
	values[2] = V_INT(stamp->size);
	values[3] = V_INT(stamp->mtime_ns);
	values[4] = V_INT(stamp->ctime_ns);
	values[5] = V_INT(stamp->inode);
	values[6] = V_INT(stamp->device);
	values[7] = V_INT(footprint);
	values[8] = placement_set ? V_INT(placement_set) : V_NULL;
	values[9] = message_cache ? V_INT(message_cache) : V_NULL;
	values[10] = message_set ? V_INT(message_set) : V_NULL;
	values[11] = content_set ? V_INT(content_set) : V_NULL;
	return store_run(s, ST_STAMP_PUT, values, 12, e);
}

int store_stamp_messages(struct store *s, int64_t tree, const char *path,
			 int64_t message_cache, int64_t message_set,
			 struct err *e)
{
	struct value values[4];
	int64_t id;
	int r = store_path(s, path, &id, e);

	if (r < 0)
		return r;
	values[0] = V_INT(tree);
	values[1] = V_INT(id);
	values[2] = message_cache ? V_INT(message_cache) : V_NULL;
	values[3] = message_set ? V_INT(message_set) : V_NULL;
	return store_run(s, ST_STAMP_MESSAGES, values, 4, e);
}

int store_stamp_drop(struct store *s, int64_t tree, const char *path,
		     struct err *e)
{
	struct value values[2];
	int64_t id;
	int r = store_path(s, path, &id, e);

	if (r < 0)
		return r;
	values[0] = V_INT(tree);
	values[1] = V_INT(id);
	return store_run(s, ST_STAMP_DROP, values, 2, e);
}
