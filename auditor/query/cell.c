/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/cell.h"

int cell_read(sqlite3_stmt *st, int at, struct cell *ret, struct err *e)
{
	struct cell c = { .type = CELL_NULL };

	switch (sqlite3_column_type(st, at)) {
	case SQLITE_NULL:
		break;
	case SQLITE_INTEGER:
		c.type = CELL_INTEGER;
		c.integer = sqlite3_column_int64(st, at);
		break;
	case SQLITE_FLOAT:
		c.type = CELL_REAL;
		c.real = sqlite3_column_double(st, at);
		break;
	case SQLITE_BLOB:
		c.type = CELL_TEXT;
		c.text = sqlite3_column_blob(st, at);
		c.len = (size_t)sqlite3_column_bytes(st, at);
		break;
	default:
		c.type = CELL_TEXT;
		c.text = (const char *)sqlite3_column_text(st, at);
		c.len = (size_t)sqlite3_column_bytes(st, at);
		break;
	}
	if (c.type == CELL_TEXT && !c.text) {
		/* An empty blob is NULL, and so is what has no memory. */
		if (c.len)
			return err_nomem(e);
		c.text = "";
	}
	*ret = c;
	return 0;
}
