/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/record_load.h"

#include <stdlib.h>

#include "store/record_blob.h"
#include "store/record_blob_read.h"
#include "store/statements.h"

/* Of an object that large, opening it again is the least. */
#define RECORD_MAX ((size_t)16 * 1024 * 1024)

static int row_id(struct store *s, int64_t tree, const char *path, int64_t *ret,
		  struct err *e)
{
	int64_t id;
	int r = store_path(s, path, &id, e);

	if (r < 0)
		return r;
	*ret = (int64_t)((uint64_t)tree << 32 | (uint32_t)id);
	return 0;
}

int store_record_put(struct store *s, int64_t tree, const char *path,
		     const struct object_record *r, struct err *e)
{
	unsigned char *bytes = NULL;
	struct value values[2];
	size_t len = 0;
	int64_t id;
	int ret = row_id(s, tree, path, &id, e);

	if (ret < 0)
		return ret;
	if (r && record_blob_encode(r, &bytes, &len))
		return err_nomem(e);
	values[0] = V_INT(id);
	values[1] = V_BLOB(bytes, len);
	if (r && len <= RECORD_MAX)
		ret = store_run(s, ST_RECORD_PUT, values, 2, e);
	else
		ret = store_run(s, ST_RECORD_DROP, values, 1, e);
	free(bytes);
	return ret;
}

int store_record_load(struct store *s, int64_t tree, const char *path,
		      struct arena *arena, struct object_record *ret,
		      struct err *e)
{
	const unsigned char *bytes;
	struct value key;
	sqlite3_stmt *st;
	int64_t id;
	int r = row_id(s, tree, path, &id, e);

	if (r < 0)
		return r;
	key = V_INT(id);
	r = store_select(s, ST_RECORD_GET, &key, 1, &st, e);
	if (r < 0)
		return r;
	switch (sqlite3_step(st)) {
	case SQLITE_ROW:
		bytes = sqlite3_column_blob(st, 0);
		if (bytes)
			r = record_blob_decode(
				bytes, (size_t)sqlite3_column_bytes(st, 0),
				arena, ret);
		if (r < 0)
			r = err_nomem(e);
		break;
	case SQLITE_DONE:
		break;
	default:
		r = store_fail(s, e);
	}
	sqlite3_reset(st);
	return r;
}
