/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/lineage_read.h"

#include <stdio.h>
#include <string.h>

#include "support/grow.h"
#include "support/sql_files.h"

static int fail(sqlite3 *db, struct err *e)
{
	return err_set(e, ERR_DB, "%s", sqlite3_errmsg(db));
}

static int prepare(sqlite3 *db, const char *path, sqlite3_stmt **ret,
		   struct err *e)
{
	const char *text = sql_file_text(path);

	*ret = NULL;
	return sqlite3_prepare_v2(db, text ? text : "", -1, ret, NULL) ==
			       SQLITE_OK
		       ? 0
		       : fail(db, e);
}

static const char *text_at(sqlite3_stmt *st, int column)
{
	return (const char *)sqlite3_column_text(st, column);
}

/* ---- commits ---- */

static int read_commits(sqlite3 *db, struct commit_graph *g, struct err *e)
{
	sqlite3_stmt *st;
	int64_t last = 0;
	int step, r = prepare(db, "query/lineage-commits.sql", &st, e);

	if (r < 0)
		return r;
	while ((step = sqlite3_step(st)) == SQLITE_ROW && r == 0) {
		int64_t child = sqlite3_column_int64(st, 0);

		if (!g->nnodes || child != last)
			r = commit_graph_add(g, child, COMMIT_KNOWN);
		if (r == 0 && sqlite3_column_type(st, 1) != SQLITE_NULL)
			r = commit_graph_add_parent(g, sqlite3_column_int64(st,
									    1));
		last = child;
	}
	if (r)
		r = err_nomem(e);
	else if (step != SQLITE_DONE)
		r = fail(db, e);
	sqlite3_finalize(st);
	return r;
}

static int read_dag(sqlite3 *db, const struct commit_graph *more,
		    struct dag *ret, struct err *e)
{
	struct commit_graph g = { .nodes = NULL };
	int r = read_commits(db, &g, e);

	if (r == 0 && more)
		r = commit_graph_join(&g, more) ? err_nomem(e) : 0;
	if (r == 0)
		r = dag_build(&g, ret, e);
	commit_graph_release(&g);
	return r;
}

/* ---- builds ---- */

static uint32_t number_of(struct lineage_read *x, const char *text)
{
	uint32_t n = text ? intern_id(&x->texts, text, strlen(text)) : 0;

	return n == INTERN_NONE ? 0 : n;
}

static int add_build(struct lineage_read *x, sqlite3_stmt *st, struct err *e)
{
	struct lineage *l = &x->lineage;
	const char *commit = text_at(st, 1);
	const char *compiler = text_at(st, 7);
	struct lineage_build *b;
	int64_t first, last;

	if (grow_room((void **)&l->builds, l->nbuilds, &l->room,
		      sizeof(*l->builds)))
		return err_nomem(e);
	b = &l->builds[l->nbuilds++];
	*b = (struct lineage_build){
		.id = sqlite3_column_int64(st, 0),
		.time_ns = sqlite3_column_int64(st, 2),
		.audited_ns = sqlite3_column_int64(st, 3),
		.node = DAG_NONE,
		.dirty = sqlite3_column_int(st, 4) == 1,
		.label = number_of(x, text_at(st, 5)),
		.arch = number_of(x, text_at(st, 6)),
		.compiler = number_of(x, compiler),
		.clang = compiler && strstr(compiler, "clang"),
		.base = { .build = LINEAGE_NONE },
	};
	b->config = config_number(&x->configs, text_at(st, 8), b->id);
	if (commit && commit_range(commit, &first, &last))
		b->node = dag_find_range(&l->dag, first, last);
	return 0;
}

static int read_builds(sqlite3 *db, struct lineage_read *x, struct err *e)
{
	sqlite3_stmt *st;
	int step, r = prepare(db, "query/lineage-builds.sql", &st, e);

	if (r < 0)
		return r;
	while ((step = sqlite3_step(st)) == SQLITE_ROW && r == 0)
		r = add_build(x, st, e);
	if (r == 0 && step != SQLITE_DONE)
		r = fail(db, e);
	sqlite3_finalize(st);
	return r;
}

int lineage_read(sqlite3 *db, const struct commit_graph *more,
		 struct lineage_read *ret, struct err *e)
{
	int r;

	*ret = (struct lineage_read){ .configs = { .db = db },
				      .texts = INTERN_INIT };
	ret->lineage.alike = config_alike;
	ret->lineage.ctx = &ret->configs;
	r = read_dag(db, more, &ret->lineage.dag, e);
	if (r == 0)
		r = read_builds(db, ret, e);
	return r < 0 ? r : lineage_prepare(&ret->lineage, e);
}

void lineage_read_release(struct lineage_read *r)
{
	lineage_release(&r->lineage);
	config_likeness_release(&r->configs);
	intern_release(&r->texts);
}

/* ---- words ---- */

const char *lineage_unlike_words(unsigned int unlike,
				 char ret[LINEAGE_WORDS_MAX])
{
	static const struct {
		enum lineage_unlike bit;
		const char *word;
	} words[] = {
		{ UNLIKE_DIRTY, "dirty" },	 { UNLIKE_CONFIG, "config" },
		{ UNLIKE_COMPILER, "compiler" }, { UNLIKE_LABEL, "label" },
		{ UNLIKE_ARCH, "arch" },
	};
	size_t used = 0;

	*ret = '\0';
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (unlike & words[i].bit)
			used += (size_t)snprintf(ret + used,
						 LINEAGE_WORDS_MAX - used,
						 "%s%s", used ? ", " : "",
						 words[i].word);
	return ret;
}

const char *lineage_how_word(enum lineage_how how)
{
	static const char *const words[] = {
		[LINEAGE_NO_BASE] = NULL,    [LINEAGE_COMMIT] = "commit",
		[LINEAGE_PARENT] = "parent", [LINEAGE_ANCESTOR] = "ancestor",
		[LINEAGE_TIME] = "time",
	};

	return words[how];
}
