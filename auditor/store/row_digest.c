/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/row_digest.h"

/* A value's type and length keep rows apart that would read the same. */
static void feed_value(struct digest *d, sqlite3_stmt *st, int column)
{
	int64_t head[2] = { sqlite3_column_type(st, column), 0 };
	const void *bytes = NULL;

	switch (head[0]) {
	case SQLITE_INTEGER:
		head[1] = sqlite3_column_int64(st, column);
		break;
	case SQLITE_TEXT:
	case SQLITE_BLOB:
		bytes = sqlite3_column_blob(st, column);
		head[1] = sqlite3_column_bytes(st, column);
		break;
	}
	digest_add(d, head, sizeof(head));
	if (bytes)
		digest_add(d, bytes, (size_t)head[1]);
}

int store_rows_digest(struct store *s, enum statement which,
		      const struct value *values, int nvalues,
		      unsigned char ret[DIGEST_LEN], struct err *e)
{
	unsigned char hash[DIGEST_LEN];
	struct digest d;
	sqlite3_stmt *st;
	int r, step;

	if (digest_begin(&d, e))
		return -(int)e->code;
	r = store_select(s, which, values, nvalues, &st, e);
	if (r == 0) {
		while ((step = sqlite3_step(st)) == SQLITE_ROW)
			for (int i = 0; i < sqlite3_column_count(st); i++)
				feed_value(&d, st, i);
		if (step != SQLITE_DONE)
			r = store_fail(s, e);
		sqlite3_reset(st);
	}
	digest_end(&d, hash);
	if (r == 0)
		memcpy(ret, hash, sizeof(hash));
	return r;
}
