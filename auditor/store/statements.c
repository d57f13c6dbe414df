/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/statements.h"

#include <errno.h>
#include <string.h>

#include "support/sql_files.h"

static const char *const statement_names[ST_COUNT] = {
	[ST_BEGIN] = "begin",
	[ST_COMMIT] = "commit",
	[ST_ROLLBACK] = "rollback",
	[ST_NAME_ANY] = "name_any",
	[ST_NAME_GET] = "name_get",
	[ST_NAME_PUT] = "name_put",
	[ST_DIR_GET] = "dir_get",
	[ST_DIR_PUT] = "dir_put",
	[ST_PATH_GET] = "path_get",
	[ST_PATH_PUT] = "path_put",
	[ST_FOOTPRINT_GET] = "footprint_get",
	[ST_FOOTPRINT_PUT] = "footprint_put",
	[ST_SECTION_PUT] = "section_put",
	[ST_SYMBOL_PUT] = "symbol_put",
	[ST_RETURN_SITE_PUT] = "return_site_put",
	[ST_TREE_GET] = "tree_get",
	[ST_TREE_PUT] = "tree_put",
	[ST_STAMPS_OF_TREE] = "stamps_of_tree",
	[ST_STAMP_PUT] = "stamp_put",
	[ST_STAMP_DROP] = "stamp_drop",
	[ST_RECORD_GET] = "record_get",
	[ST_RECORD_PUT] = "record_put",
	[ST_RECORD_DROP] = "record_drop",
	[ST_BUILD_GET] = "build_get",
	[ST_BUILD_ROWS] = "build_rows",
	[ST_BUILD_TOUCH] = "build_touch",
	[ST_BUILD_DROP] = "build_drop",
	[ST_BUILD_OBJECTS_DROP] = "build_objects_drop",
	[ST_BUILD_LINES_DROP] = "build_lines_drop",
	[ST_BUILD_MAPS_DROP] = "build_maps_drop",
	[ST_BUILD_SOURCES_DROP] = "build_sources_drop",
	[ST_BUILD_IMAGES_DROP] = "build_images_drop",
	[ST_BUILD_SKIPS_DROP] = "build_skips_drop",
	[ST_BUILD_REMARKS_DROP] = "build_remarks_drop",
	[ST_CONFIG_GET] = "config_get",
	[ST_CONFIG_PUT] = "config_put",
	[ST_BUILD_PUT] = "build_put",
	[ST_OBJECT_PUT] = "object_put",
	[ST_PLACEMENT_SET_GET] = "placement_set_get",
	[ST_PLACEMENT_SET_PUT] = "placement_set_put",
	[ST_SECTION_PLACEMENT_PUT] = "section_placement_put",
	[ST_MEMBER_LIST_GET] = "member_list_get",
	[ST_MEMBER_LIST_PUT] = "member_list_put",
	[ST_MEMBER_LIST_ENTRY_PUT] = "member_list_entry_put",
	[ST_LINKED_IMAGE_GET] = "linked_image_get",
	[ST_LINKED_IMAGE_PUT] = "linked_image_put",
	[ST_LINKED_IMAGE_SECTION_PUT] = "linked_image_section_put",
	[ST_IMAGE_PUT] = "image_put",
	[ST_IMAGE_MAP_PUT] = "image_map_put",
	[ST_LINK_LINE_PUT] = "link_line_put",
	[ST_SKIP_PUT] = "skip_put",
	[ST_REMARK_PUT] = "remark_put",
	[ST_VIEW_DROPS] = "view_drops",
	[ST_MAP_IMAGES] = "map_images",
	[ST_MAP_MEMBERS] = "map_members",
	[ST_MAP_SECTIONS] = "map_sections",
	[ST_MAP_SYMBOLS] = "map_symbols",
	[ST_MAP_LINKED] = "map_linked",
	[ST_TRACE_NEXT] = "trace_next",
	[ST_TRACE_FIND] = "trace_find",
	[ST_TRACE_PUT] = "trace_put",
	[ST_TRACE_EVENT_PUT] = "trace_event_put",
	[ST_ALLOCATION_LAST] = "allocation_last",
	[ST_ALLOC_SHAPE_LAST] = "alloc_shape_last",
	[ST_ALLOC_TASK_LAST] = "alloc_task_last",
	[ST_ALLOC_ENDING_LAST] = "alloc_ending_last",
	[ST_ALLOC_SHAPE_PUT] = "alloc_shape_put",
	[ST_ALLOC_TASK_PUT] = "alloc_task_put",
	[ST_ALLOC_ENDING_PUT] = "alloc_ending_put",
	[ST_ALLOCATION_PUT] = "allocation_put",
	[ST_ROLLUP_PUT] = "rollup_put",
	[ST_TIMELINE_PUT] = "timeline_put",
	[ST_FRAME_PUT] = "frame_put",
	[ST_SITE_PUT] = "site_put",
	[ST_CANDIDATE_PUT] = "candidate_put",
	[ST_SLAB_PUT] = "slab_put",
	[ST_BUILD_NEWEST] = "build_newest",
	[ST_BUILD_BY_BUILD_ID] = "build_by_build_id",
	[ST_BUILD_WHERE] = "build_where",
	[ST_LINES_WANTED] = "lines_wanted",
	[ST_IMAGE_FILE] = "image_file",
	[ST_LINE_PUT] = "line_put",
	[ST_OWNERS_PUT] = "owners_put",
};

struct value value_text(const char *s)
{
	if (!s)
		return V_NULL;
	return (struct value){ VALUE_TEXT, 0, s, strlen(s) };
}

/* SQLite says no more than "unable to open database file", or "disk I/O
 * error"; what the system said tells more. */
static const char *cause_text(struct store *s)
{
	int cause = sqlite3_system_errno(s->db);

	/* open(O_CREAT) was refused; then it tried again without. */
	if (cause == ENOENT)
		return "its folder is not there, or not writable";
	return cause ? strerror(cause) : sqlite3_errmsg(s->db);
}

int store_fail(struct store *s, struct err *e)
{
	switch (sqlite3_errcode(s->db) & 0xff) {
	case SQLITE_BUSY:
		return err_set(
			e, ERR_DB,
			"database '%s' is being written by another kmemdb: wait for it to end, or use another --db",
			s->path);
	case SQLITE_FULL:
		return err_set(
			e, ERR_DB,
			"no room left for database '%s': nothing was changed; free some space and run again",
			s->path);
	case SQLITE_READONLY:
		return err_set(
			e, ERR_DB,
			"database '%s' is read-only: make it and its folder writable, or name another file with --db",
			s->path);
	case SQLITE_CANTOPEN:
		return err_set(e, ERR_DB, "cannot open database '%s': %s",
			       s->path, cause_text(s));
	case SQLITE_CORRUPT:
		return err_set(
			e, ERR_DB,
			"database '%s' is damaged (%s): put a copy in its place, or name another file with --db",
			s->path, sqlite3_errmsg(s->db));
	case SQLITE_IOERR:
		return err_set(
			e, ERR_DB,
			"database '%s' cannot be read or written: %s; nothing was changed",
			s->path, cause_text(s));
	default:
		return err_set(e, ERR_DB, "database '%s': %s", s->path,
			       sqlite3_errmsg(s->db));
	}
}

/* The text behind the line "-- statement: NAME" of any store/ file. */
static const char *statement_text(const char *name)
{
	static const char mark[] = "-- statement: ";
	size_t len = strlen(name);

	for (const struct sql_file *f = sql_files; f->path; f++) {
		const char *at = f->text;

		if (strncmp(f->path, "store/", 6) != 0)
			continue;
		while ((at = strstr(at, mark))) {
			at += sizeof(mark) - 1;
			if (strncmp(at, name, len) == 0 && at[len] == '\n')
				return at + len + 1;
		}
	}
	return NULL;
}

static int prepare(struct store *s, enum statement which, struct err *e)
{
	const char *text = statement_text(statement_names[which]);

	if (!text)
		return err_set(e, ERR_DB, "no statement '%s' in this program",
			       statement_names[which]);
	/* Prepares the first statement of the text and leaves the rest. */
	if (sqlite3_prepare_v3(s->db, text, -1, SQLITE_PREPARE_PERSISTENT,
			       &s->statements[which], NULL) != SQLITE_OK)
		return store_fail(s, e);
	return 0;
}

static int bind(struct store *s, sqlite3_stmt *st, int at,
		const struct value *v, struct err *e)
{
	int rc = SQLITE_OK;

	switch (v->type) {
	case VALUE_NULL:
		rc = sqlite3_bind_null(st, at);
		break;
	case VALUE_INT:
		rc = sqlite3_bind_int64(st, at, v->i);
		break;
	case VALUE_TEXT:
		rc = sqlite3_bind_text64(st, at, v->p, v->len, SQLITE_STATIC,
					 SQLITE_UTF8);
		break;
	case VALUE_BLOB:
		rc = sqlite3_bind_blob64(st, at, v->p, v->len, SQLITE_STATIC);
		break;
	}
	return rc == SQLITE_OK ? 0 : store_fail(s, e);
}

int store_select(struct store *s, enum statement which,
		 const struct value *values, int nvalues, sqlite3_stmt **ret,
		 struct err *e)
{
	sqlite3_stmt *st;
	int r;

	if (!s->statements[which] && (r = prepare(s, which, e)) < 0)
		return r;
	st = s->statements[which];
	for (int i = 0; i < nvalues; i++)
		if ((r = bind(s, st, i + 1, &values[i], e)) < 0)
			return r;
	*ret = st;
	return 0;
}

int store_run(struct store *s, enum statement which, const struct value *values,
	      int nvalues, struct err *e)
{
	sqlite3_stmt *st;
	int r = store_select(s, which, values, nvalues, &st, e);

	if (r < 0)
		return r;
	if (sqlite3_step(st) != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	return r;
}

int store_insert(struct store *s, enum statement which,
		 const struct value *values, int nvalues, int64_t *ret_id,
		 struct err *e)
{
	int r = store_run(s, which, values, nvalues, e);

	if (r == 0)
		*ret_id = sqlite3_last_insert_rowid(s->db);
	return r;
}

int store_find(struct store *s, enum statement which,
	       const struct value *values, int nvalues, int64_t *ret,
	       struct err *e)
{
	sqlite3_stmt *st;
	int r = store_select(s, which, values, nvalues, &st, e);

	if (r < 0)
		return r;
	switch (sqlite3_step(st)) {
	case SQLITE_ROW:
		*ret = sqlite3_column_int64(st, 0);
		r = 1;
		break;
	case SQLITE_DONE:
		r = 0;
		break;
	default:
		r = store_fail(s, e);
	}
	sqlite3_reset(st);
	return r;
}

void store_statements_release(struct store *s)
{
	for (int i = 0; i < ST_COUNT; i++) {
		sqlite3_finalize(s->statements[i]);
		s->statements[i] = NULL;
	}
}
