/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/sql_functions.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "query/checked_sum.h"
#include "query/demangle.h"
#include "query/distance.h"
#include "query/slub.h"

/* Text of an argument: lengths are explicit, for it may hold NULs. */
struct text {
	const char *at;
	size_t len;
};

/* False where the argument is NULL, or memory is out. */
static bool get_text(sqlite3_value *v, struct text *ret)
{
	const char *at = (const char *)sqlite3_value_text(v);

	if (!at)
		return false;
	*ret = (struct text){ at, (size_t)sqlite3_value_bytes(v) };
	return true;
}

static bool in_branch(struct text path, struct text branch)
{
	if (!branch.len)
		return true;
	if (path.len < branch.len ||
	    memcmp(path.at, branch.at, branch.len) != 0)
		return false;
	return path.len == branch.len || path.at[branch.len] == '/';
}

static void sql_in_branch(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct text path, branch;

	(void)argc;
	if (get_text(argv[0], &path) && get_text(argv[1], &branch))
		sqlite3_result_int(ctx, in_branch(path, branch));
}

/* How much of path is the directory depth levels below its branch. */
static size_t level_end(struct text path, size_t branch_len,
			sqlite3_int64 depth)
{
	size_t at = branch_len;

	while (depth-- > 0 && at < path.len) {
		/* Past the slash that ends the level above. */
		size_t from = at ? at + 1 : 0;
		const char *slash = from < path.len
					    ? memchr(path.at + from, '/',
						     path.len - from)
					    : NULL;

		if (!slash)
			return path.len;
		at = (size_t)(slash - path.at);
	}
	return at;
}

static void sql_dir_level(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct text path, branch;

	(void)argc;
	if (!get_text(argv[0], &path) || !get_text(argv[1], &branch) ||
	    sqlite3_value_type(argv[2]) == SQLITE_NULL ||
	    !in_branch(path, branch))
		return;
	sqlite3_result_text64(ctx, path.at,
			      level_end(path, branch.len,
					sqlite3_value_int64(argv[2])),
			      SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void sql_edit_distance(sqlite3_context *ctx, int argc,
			      sqlite3_value **argv)
{
	struct text a, b;

	(void)argc;
	if (get_text(argv[0], &a) && get_text(argv[1], &b))
		sqlite3_result_int64(ctx,
				     (sqlite3_int64)edit_distance(a.at, a.len,
								  b.at, b.len));
}

static void sql_demangle(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	struct text name;
	char *readable;

	(void)argc;
	if (!get_text(argv[0], &name))
		return;
	readable = demangle_text(name.at, name.len);
	if (readable)
		sqlite3_result_text(ctx, readable, -1, SQLITE_TRANSIENT);
	else
		sqlite3_result_value(ctx, argv[0]);
	free(readable);
}

/* slab_pages(size, page_size, cpus); NULL where no slab has such objects. */
static void sql_slab_pages(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	int64_t pages = slub_slab_pages(sqlite3_value_int64(argv[0]),
					sqlite3_value_int64(argv[1]),
					sqlite3_value_int64(argv[2]));

	(void)argc;
	if (pages)
		sqlite3_result_int64(ctx, pages);
}

int sql_functions_register(sqlite3 *db)
{
	static const struct {
		const char *name;
		int argc;
		void (*f)(sqlite3_context *, int, sqlite3_value **);
	} functions[] = {
		{ "in_branch", 2, sql_in_branch },
		{ "dir_level", 3, sql_dir_level },
		{ "edit_distance", 2, sql_edit_distance },
		{ "demangle", 1, sql_demangle },
		{ "slab_pages", 3, sql_slab_pages },
	};
	/* Innocuous: views may call them although the schema is not trusted. */
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	int rc = SQLITE_OK;

	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		if (rc == SQLITE_OK)
			rc = sqlite3_create_function_v2(
				db, functions[i].name, functions[i].argc, flags,
				NULL, functions[i].f, NULL, NULL, NULL);
	}
	return rc == SQLITE_OK ? checked_sum_register(db) : rc;
}
