/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which build a trace is of, and what its debug information says.
 */
#include "store/source_line.h"

#include <stdlib.h>
#include <string.h>

#include "store/statements.h"
#include "store/trace.h"
#include "support/grow.h"
#include "support/sql_files.h"

int store_build_newest(struct store *s, int64_t *ret_build, struct err *e)
{
	return store_find(s, ST_BUILD_NEWEST, NULL, 0, ret_build, e);
}

int store_build_by_build_id(struct store *s, const unsigned char *id,
			    size_t len, int64_t *ret_build, struct err *e)
{
	struct value key = V_BLOB(id, len);

	return store_find(s, ST_BUILD_BY_BUILD_ID, &key, 1, ret_build, e);
}

/* The rules of --build are those of the reports: one file for both. */
static int prepare_ref(struct store *s, const char *ref, sqlite3_stmt **ret,
		       struct err *e)
{
	const char *text = sql_file_text("query/build-ref.sql");
	int at;

	if (!text)
		return err_set(e, ERR_DB, "no build-ref.sql in this program");
	if (sqlite3_prepare_v2(s->db, text, -1, ret, NULL) != SQLITE_OK)
		return store_fail(s, e);
	at = sqlite3_bind_parameter_index(*ret, ":ref");
	if (at &&
	    sqlite3_bind_text(*ret, at, ref, -1, SQLITE_STATIC) != SQLITE_OK)
		return store_fail(s, e);
	return 0;
}

int store_build_by_ref(struct store *s, const char *ref, int64_t *ret_build,
		       struct err *e)
{
	sqlite3_stmt *st = NULL;
	int64_t found = 0;
	int r = prepare_ref(s, ref, &st, e);

	if (r < 0)
		goto out;
	switch (sqlite3_step(st)) {
	case SQLITE_ROW:
		found = sqlite3_column_int64(st, 0);
		break;
	case SQLITE_DONE:
		r = err_set(
			e, ERR_USAGE,
			"no build has the id, label or commit '%.100s': kmemdb query builds lists them",
			ref);
		goto out;
	default:
		r = store_fail(s, e);
		goto out;
	}
	if (sqlite3_step(st) == SQLITE_ROW)
		r = err_set(
			e, ERR_USAGE,
			"build '%.100s' is ambiguous: give an id; kmemdb query builds lists them",
			ref);
	else
		*ret_build = found;
out:
	sqlite3_finalize(st);
	return r;
}

/* ---- source lines ---- */

/* A column's text in the arena; NULL where it is empty, or out of memory. */
static const char *keep_text(struct arena *a, sqlite3_stmt *st, int column)
{
	const char *text = (const char *)sqlite3_column_text(st, column);
	int len = sqlite3_column_bytes(st, column);

	return text && *text ? arena_strndup(a, text, (size_t)len) : NULL;
}

int store_lines_wanted(struct store *s, int64_t trace, int64_t build,
		       struct arena *a, struct wanted_line **ret,
		       size_t *ret_count, struct err *e)
{
	struct value keys[] = { V_INT(trace), V_INT(build) };
	struct wanted_line *list = NULL;
	size_t count = 0, capacity = 0;
	sqlite3_stmt *st;
	int rc, r = store_flush_names(s, e);

	if (r == 0)
		r = store_select(s, ST_LINES_WANTED, keys, 2, &st, e);
	if (r < 0)
		return r;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		if (grow_room((void **)&list, count, &capacity,
			      sizeof(*list))) {
			r = err_nomem(e);
			break;
		}
		list[count++] = (struct wanted_line){
			.image = sqlite3_column_int64(st, 0),
			.section = keep_text(a, st, 2),
			.section_name = sqlite3_column_int64(st, 3),
			.address = (uint64_t)sqlite3_column_int64(st, 4),
		};
	}
	if (r == 0 && rc != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	if (r < 0) {
		free(list);
		return r;
	}
	*ret = list;
	*ret_count = count;
	return 0;
}

static int read_where(struct store *s, int64_t build, struct arena *a,
		      struct image_file *ret, struct err *e)
{
	struct value key = V_INT(build);
	sqlite3_stmt *st;
	int rc, r = store_select(s, ST_BUILD_WHERE, &key, 1, &st, e);

	if (r < 0)
		return r;
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW) {
		ret->tree = keep_text(a, st, 0);
		ret->source = keep_text(a, st, 1);
		r = ret->tree != NULL;
	} else if (rc != SQLITE_DONE) {
		r = store_fail(s, e);
	}
	sqlite3_reset(st);
	return r;
}

static int read_file(struct store *s, int64_t build, int64_t image,
		     struct arena *a, struct image_file *ret, struct err *e)
{
	struct value keys[] = { V_INT(build), V_INT(image) };
	const char *dir, *file;
	sqlite3_stmt *st;
	int rc, r = store_select(s, ST_IMAGE_FILE, keys, 2, &st, e);

	if (r < 0)
		return r;
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW) {
		const void *id = sqlite3_column_blob(st, 2);

		dir = keep_text(a, st, 0);
		file = keep_text(a, st, 1);
		ret->path = file ? arena_printf(a, "%s%s%s", dir ? dir : "",
						dir ? "/" : "", file)
				 : NULL;
		ret->build_id_len = (size_t)sqlite3_column_bytes(st, 2);
		ret->build_id = id ? (const unsigned char *)arena_strndup(
					     a, id, ret->build_id_len)
				   : NULL;
		r = ret->path && (!id || ret->build_id) ? 1 : err_nomem(e);
	} else if (rc != SQLITE_DONE) {
		r = store_fail(s, e);
	}
	sqlite3_reset(st);
	return r;
}

int store_image_file(struct store *s, int64_t build, int64_t image,
		     struct arena *a, struct image_file *ret, struct err *e)
{
	struct image_file f = { NULL, NULL, NULL, NULL, 0 };
	int r = read_where(s, build, a, &f, e);

	if (r == 1)
		r = read_file(s, build, image, a, &f, e);
	if (r == 1)
		*ret = f;
	return r;
}

static int put_line(struct store *s, int64_t build,
		    const struct wanted_line *at, size_t depth,
		    const struct source_frame *f, struct err *e)
{
	struct value function = V_NULL, file = V_NULL;
	int64_t number;
	int r;

	if (f->function) {
		if ((r = store_name(s, f->function, &number, e)) < 0)
			return r;
		function = V_INT(number);
	}
	if (f->file) {
		if ((r = store_name(s, f->file, &number, e)) < 0)
			return r;
		file = V_INT(number);
	}
	struct value values[] = {
		V_INT(build),
		V_INT(at->image),
		V_INT(at->section_name),
		V_INT(at->address),
		V_INT(depth),
		function,
		file,
		f->line ? V_INT(f->line) : V_NULL,
	};
	return store_run(s, ST_LINE_PUT, values, 8, e);
}

int store_source_line(struct store *s, int64_t build,
		      const struct wanted_line *at,
		      const struct source_frame *frames, size_t nframes,
		      struct err *e)
{
	static const struct source_frame nothing = { NULL, NULL, 0 };
	int r = 0;

	if (!nframes)
		return put_line(s, build, at, 0, &nothing, e);
	for (size_t i = 0; i < nframes && r == 0; i++)
		r = put_line(s, build, at, i, &frames[i], e);
	return r;
}

int store_owners(struct store *s, int64_t trace, int64_t build, struct err *e)
{
	struct value values[] = { V_INT(trace), V_INT(build) };
	int r = store_flush_names(s, e);

	return r < 0 ? r : store_run(s, ST_OWNERS_PUT, values, 2, e);
}
