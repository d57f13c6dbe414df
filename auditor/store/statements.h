/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The prepared statements of a struct store, by number.  Private to store/.
 */
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

#include "store/store.h"
#include "support/strmap.h"
#include "support/u64map.h"

/* In the order of statement_names[]. */
enum statement {
	ST_BEGIN,
	ST_COMMIT,
	ST_ROLLBACK,
	ST_NAME_ANY,
	ST_NAME_GET,
	ST_NAME_PUT,
	ST_DIR_GET,
	ST_DIR_PUT,
	ST_PATH_GET,
	ST_PATH_PUT,
	ST_FOOTPRINT_GET,
	ST_FOOTPRINT_PUT,
	ST_SECTION_PUT,
	ST_SYMBOL_PUT,
	ST_RETURN_SITE_PUT,
	ST_TREE_GET,
	ST_TREE_PUT,
	ST_STAMPS_OF_TREE,
	ST_STAMP_PUT,
	ST_STAMP_DROP,
	ST_RECORD_GET,
	ST_RECORD_PUT,
	ST_RECORD_DROP,
	ST_BUILD_GET,
	ST_BUILD_ROWS,
	ST_BUILD_TOUCH,
	ST_BUILD_DROP,
	ST_BUILD_OBJECTS_DROP,
	ST_BUILD_LINES_DROP,
	ST_BUILD_MAPS_DROP,
	ST_BUILD_SOURCES_DROP,
	ST_BUILD_IMAGES_DROP,
	ST_BUILD_SKIPS_DROP,
	ST_BUILD_REMARKS_DROP,
	ST_CONFIG_GET,
	ST_CONFIG_PUT,
	ST_BUILD_PUT,
	ST_OBJECT_PUT,
	ST_PLACEMENT_SET_GET,
	ST_PLACEMENT_SET_PUT,
	ST_SECTION_PLACEMENT_PUT,
	ST_MEMBER_LIST_GET,
	ST_MEMBER_LIST_PUT,
	ST_MEMBER_LIST_ENTRY_PUT,
	ST_LINKED_IMAGE_GET,
	ST_LINKED_IMAGE_PUT,
	ST_LINKED_IMAGE_SECTION_PUT,
	ST_IMAGE_PUT,
	ST_IMAGE_MAP_PUT,
	ST_LINK_LINE_PUT,
	ST_SKIP_PUT,
	ST_REMARK_PUT,
	ST_VIEW_DROPS,
	ST_MAP_IMAGES,
	ST_MAP_MEMBERS,
	ST_MAP_SECTIONS,
	ST_MAP_SYMBOLS,
	ST_MAP_LINKED,
	ST_TRACE_NEXT,
	ST_TRACE_FIND,
	ST_TRACE_PUT,
	ST_TRACE_EVENT_PUT,
	ST_ALLOCATION_LAST,
	ST_ALLOC_SHAPE_LAST,
	ST_ALLOC_TASK_LAST,
	ST_ALLOC_ENDING_LAST,
	ST_ALLOC_SHAPE_PUT,
	ST_ALLOC_TASK_PUT,
	ST_ALLOC_ENDING_PUT,
	ST_ALLOCATION_PUT,
	ST_ROLLUP_PUT,
	ST_TIMELINE_PUT,
	ST_FRAME_PUT,
	ST_SITE_PUT,
	ST_CANDIDATE_PUT,
	ST_SLAB_PUT,
	ST_BUILD_NEWEST,
	ST_BUILD_BY_BUILD_ID,
	ST_BUILD_WHERE,
	ST_LINES_WANTED,
	ST_IMAGE_FILE,
	ST_LINE_PUT,
	ST_OWNERS_PUT,
	ST_COUNT
};

struct store {
	sqlite3 *db;
	char *path;
	bool in_transaction;
	bool fresh; /* was empty at open: nothing to look up */
	sqlite3_stmt *statements[ST_COUNT];
	struct strmap names, dirs, paths; /* text -> id, of this session */
	/* Numbers of names that are or were pending -> index in pending. */
	struct u64map name_ids;
	struct pending_name *pending; /* to be inserted at the commit */
	size_t npending, pending_cap;
	struct arena pending_text;
	char *shown; /* store_name_text's last answer */
	size_t shown_cap;
};

/* A new name.  They go in together, sorted by number: one pass over the
 * table's pages instead of a jump for each. */
struct pending_name {
	int64_t id, norm; /* norm 0: none */
	const char *text;
};

/* Inserts what is pending. */
int store_flush_names(struct store *s, struct err *e);

/* One value of a row; text and blobs are borrowed for the call. */
struct value {
	enum { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB } type;
	int64_t i;
	const void *p;
	size_t len;
};

#define V_NULL ((struct value){ VALUE_NULL, 0, NULL, 0 })
#define V_INT(x) ((struct value){ VALUE_INT, (int64_t)(x), NULL, 0 })
/* NULL becomes NULL. */
#define V_TEXT(s) value_text(s)
#define V_BLOB(d, n) ((struct value){ VALUE_BLOB, 0, (d), (n) })

struct value value_text(const char *s);

/* Fills *e from the database's last error: "database 'x': …". */
int store_fail(struct store *s, struct err *e);

/* Runs a statement that returns no rows. */
int store_run(struct store *s, enum statement which, const struct value *values,
	      int nvalues, struct err *e);
/* Runs one, and gives the rowid it inserted. */
int store_insert(struct store *s, enum statement which,
		 const struct value *values, int nvalues, int64_t *ret_id,
		 struct err *e);
/* Runs a SELECT of one integer; 1 found, 0 no row, negative an error. */
int store_find(struct store *s, enum statement which,
	       const struct value *values, int nvalues, int64_t *ret,
	       struct err *e);
/* A bound SELECT to step by hand; reset it when done. */
int store_select(struct store *s, enum statement which,
		 const struct value *values, int nvalues, sqlite3_stmt **ret,
		 struct err *e);

void store_statements_release(struct store *s);

#endif
