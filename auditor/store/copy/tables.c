/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/copy/tables.h"

#include <string.h>

#include "store/statements.h"

/* A schema of ours has some thirty. */
#define TABLES_MAX 128

static const char *text_at(struct arena *a, sqlite3_stmt *st, int column)
{
	const char *t = (const char *)sqlite3_column_text(st, column);

	return t ? arena_strdup(a, t) : NULL;
}

/* The place of a word in a list, or -1. */
static int find_word(const char *word, const char *const *words, int n)
{
	for (int i = 0; word && i < n; i++)
		if (words[i] && strcmp(words[i], word) == 0)
			return i;
	return -1;
}

#define FIND_WORD(word, words)                                                 \
	find_word(word, words, (int)(sizeof(words) / sizeof(*(words))))

static int kind_of(const char *word)
{
	static const char *const words[] = {
		[COPY_SHARED] = "shared", [COPY_PART] = "part",
		[COPY_RANGE] = "range",	  [COPY_ROWS] = "rows",
		[COPY_ROOT] = "root",	  [COPY_NAME] = "name",
		[COPY_PATH] = "path",	  [COPY_DIR] = "dir",
		[COPY_LOCAL] = "local",
	};

	return FIND_WORD(word, words);
}

static int role_of(const char *word)
{
	static const char *const words[] = {
		[COL_PLAIN] = "plain", [COL_ID] = "id",
		[COL_OWNER] = "owner", [COL_REF] = "ref",
		[COL_NAME0] = "name0", [COL_NAMES] = "names",
		[COL_FIRST] = "first", [COL_LAST] = "last",
	};

	return FIND_WORD(word, words);
}

static int type_of(const char *word)
{
	static const char *const words[] = {
		[TYPE_INTEGER] = "INTEGER",
		[TYPE_TEXT] = "TEXT",
		[TYPE_BLOB] = "BLOB",
	};

	return FIND_WORD(word, words);
}

int copy_table_find(const struct copy_tables *t, const char *name)
{
	for (size_t i = 0; i < t->count; i++)
		if (strcmp(t->tables[i].name, name) == 0)
			return (int)i;
	return -1;
}

static int cannot(const char *table, struct err *e)
{
	return err_set(
		e, ERR_DB,
		"table '%s' cannot be copied: sql/store/copy.sql has the rules",
		table);
}

/* ---- tables, then their columns, then who refers to whom ---- */

static int add_table(struct copy_tables *t, sqlite3_stmt *st,
		     const char **owners, struct err *e)
{
	struct copy_table *to = &t->tables[t->count];
	int kind = kind_of((const char *)sqlite3_column_text(st, 1));

	to->name = text_at(&t->arena, st, 0);
	owners[t->count] = text_at(&t->arena, st, 2);
	to->numbered = sqlite3_column_int(st, 3);
	to->grows = sqlite3_column_int(st, 4);
	to->read_all = text_at(&t->arena, st, 5);
	to->read_parts = text_at(&t->arena, st, 6);
	to->read_one = text_at(&t->arena, st, 7);
	to->find = text_at(&t->arena, st, 8);
	to->put = text_at(&t->arena, st, 9);
	if (!to->name || !owners[t->count] || !to->put)
		return err_nomem(e);
	if (kind < 0)
		return cannot(to->name, e);
	to->kind = (enum copy_kind)kind;
	t->count++;
	return 0;
}

static int load_tables(struct store *s, struct copy_tables *t,
		       const char **owners, struct err *e)
{
	sqlite3_stmt *st;
	int step = SQLITE_DONE;
	int r = store_select(s, ST_COPY_TABLES, NULL, 0, &st, e);

	if (r < 0)
		return r;
	while (r == 0 && t->count < TABLES_MAX &&
	       (step = sqlite3_step(st)) == SQLITE_ROW)
		r = add_table(t, st, owners, e);
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	return r;
}

static int add_column(struct copy_tables *t, struct copy_table *to,
		      sqlite3_stmt *st, struct err *e)
{
	int type = type_of((const char *)sqlite3_column_text(st, 1));
	int role = role_of((const char *)sqlite3_column_text(st, 4));
	const char *ref = (const char *)sqlite3_column_text(st, 3);
	struct copy_column *c = &to->columns[to->ncolumns];

	c->name = text_at(&t->arena, st, 0);
	if (!c->name || !ref)
		return err_nomem(e);
	c->ref = *ref ? copy_table_find(t, ref) : -1;
	if (type < 0 || role < 0 || (*ref && c->ref < 0))
		return cannot(to->name, e);
	c->type = (enum copy_type)type;
	c->role = (enum copy_role)role;
	c->required = sqlite3_column_int(st, 2);
	c->in_key = sqlite3_column_int(st, 5);
	c->in_primary = sqlite3_column_int(st, 6);
	if (to->kind == COPY_SHARED && c->in_key && c->type == TYPE_BLOB &&
	    strcmp(c->name, "hash") == 0)
		to->hashed = true;
	to->ncolumns++;
	return 0;
}

static int load_columns(struct store *s, struct copy_tables *t,
			struct copy_table *to, struct err *e)
{
	const struct value key = V_TEXT(to->name);
	sqlite3_stmt *st;
	int step = SQLITE_DONE;
	int r = store_select(s, ST_COPY_COLUMNS, &key, 1, &st, e);

	if (r < 0)
		return r;
	while (r == 0 && (step = sqlite3_step(st)) == SQLITE_ROW)
		r = to->ncolumns < COPY_COLUMNS_MAX ? add_column(t, to, st, e)
						    : cannot(to->name, e);
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	return r;
}

/* By rows that are no part of its own. */
static void mark_referenced(struct copy_tables *t)
{
	for (size_t i = 0; i < t->count; i++) {
		int top = (int)i;

		while (t->tables[top].owner >= 0)
			top = t->tables[top].owner;
		for (int k = 0; k < t->tables[i].ncolumns; k++) {
			int ref = t->tables[i].columns[k].ref;

			if (ref >= 0 && ref != top)
				t->tables[ref].referenced = true;
		}
	}
}

int copy_tables_load(struct store *s, struct copy_tables *ret, struct err *e)
{
	struct copy_tables t = COPY_TABLES_INIT;
	const char **owners = arena_calloc(&t.arena, TABLES_MAX,
					   sizeof(*owners));
	int r;

	t.tables = arena_calloc(&t.arena, TABLES_MAX, sizeof(*t.tables));
	r = t.tables && owners ? 0 : err_nomem(e);
	if (r == 0)
		r = store_run(s, ST_COPY_TABLES_MAKE, NULL, 0, e);
	if (r == 0)
		r = store_run(s, ST_COPY_COLUMNS_MAKE, NULL, 0, e);
	if (r == 0)
		r = load_tables(s, &t, owners, e);
	for (size_t i = 0; i < t.count && r == 0; i++) {
		t.tables[i].owner = *owners[i] ? copy_table_find(&t, owners[i])
					       : -1;
		r = load_columns(s, &t, &t.tables[i], e);
	}
	if (r < 0) {
		copy_tables_release(&t);
		return r;
	}
	mark_referenced(&t);
	*ret = t;
	return 0;
}

void copy_tables_release(struct copy_tables *t)
{
	arena_release(&t->arena);
	*t = (struct copy_tables)COPY_TABLES_INIT;
}
