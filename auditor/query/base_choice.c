/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/base_choice.h"

#include <stdio.h>
#include <string.h>

#include "query/resolve.h"
#include "query/statement.h"

#define CUT_REMEDY                                                             \
	"the history that is known ends before, as that of a shallow clone does: 'git fetch --unshallow' and 'kmemdb audit --full' add to it"

int base_choice_open(struct base_choice *c, const struct database *d,
		     const struct commit_graph *more, struct err *e)
{
	*c = (struct base_choice){ .d = d };
	return lineage_read(d->db, more, &c->read, e);
}

void base_choice_close(struct base_choice *c)
{
	lineage_read_release(&c->read);
}

/* ---- words ---- */

static int find_build(struct base_choice *c, const char *word, int64_t *ret,
		      struct err *e)
{
	const struct report none = { .name = "base" };
	const char *given[PARAM_COUNT] = { NULL };
	struct param_value values[PARAM_COUNT];
	bool used[PARAM_COUNT] = { false };
	struct arena arena = ARENA_INIT;
	int r;

	given[PARAM_BUILD] = word;
	used[PARAM_BUILD] = true;
	r = params_resolve(c->d, &none, used, given, values, &arena, e);
	if (r == 0)
		*ret = values[PARAM_BUILD].integer;
	arena_release(&arena);
	return r;
}

static uint32_t place_of(const struct lineage *l, int64_t id)
{
	for (uint32_t i = 0; i < l->nbuilds; i++)
		if (l->builds[i].id == id)
			return i;
	return LINEAGE_NONE;
}

int base_choice_find(struct base_choice *c, const char *word, bool any,
		     struct base_subject *ret, struct err *e)
{
	const struct lineage *l = &c->read.lineage;
	struct base_subject s = { word, LINEAGE_NONE, DAG_NONE };
	int64_t id, first, last;
	int r = find_build(c, word, &id, e);

	if (r == 0) {
		s.build = place_of(l, id);
		s.node = l->builds[s.build].node;
	} else if (!word || r != -ERR_USAGE) {
		return r;
	} else {
		if (commit_range(word, &first, &last))
			s.node = dag_find_range(&l->dag, first, last);
		if (s.node == DAG_NONE)
			return 0;
		/* Several builds have it: which one is asked about? */
		if (!any && l->at_node[s.node] != LINEAGE_NONE)
			return r;
	}
	*ret = s;
	return 1;
}

static int ask_subject(struct base_choice *c, int64_t build, int column,
		       char *ret, size_t size, struct err *e)
{
	const struct binding bindings[] = { { ":build", NULL, &build },
					    { NULL, NULL, NULL } };
	sqlite3_stmt *st = NULL;
	int r = database_prepare(c->d, "base-subject", bindings, &st, e);

	if (r == 0)
		r = database_step(c->d, st, e);
	if (r == 1) {
		const unsigned char *t = sqlite3_column_text(st, column);

		snprintf(ret, size, "%s", t ? (const char *)t : "");
	}
	sqlite3_finalize(st);
	return r < 0 ? r : 0;
}

int base_choice_source(struct base_choice *c, const struct base_subject *s,
		       char *ret, size_t size, struct err *e)
{
	const struct lineage *l = &c->read.lineage;
	uint32_t at = s->build;

	*ret = '\0';
	for (uint32_t i = 0; i < l->nbuilds && s->build == LINEAGE_NONE; i++)
		if (at == LINEAGE_NONE ||
		    l->builds[i].audited_ns >= l->builds[at].audited_ns)
			at = i;
	return at == LINEAGE_NONE
		       ? 0
		       : ask_subject(c, l->builds[at].id, 1, ret, size, e);
}

/* ---- the choice ---- */

static void say_plain(struct base_choice *c, bool commit_known)
{
	static const char *const words[] = {
		[LINEAGE_COMMIT] = "the clean build of the same commit",
		[LINEAGE_PARENT] =
			"the nearest built ancestor, along first parents",
		[LINEAGE_ANCESTOR] =
			"the nearest built ancestor, through a merged branch: none of the first parents was built",
		[LINEAGE_TIME] =
			"the build before it by time: of its ancestors none that is known was built",
	};

	/* A tree that is no checkout, say. */
	if (!commit_known)
		snprintf(
			c->why, sizeof(c->why), "%s",
			c->base.how == LINEAGE_TIME
				? "the build before it by time: no history of its commit is known"
				: "none: no build before it is of its kind, and no history of its commit is known");
	else if (c->base.how != LINEAGE_NO_BASE)
		snprintf(c->why, sizeof(c->why), "%s", words[c->base.how]);
	else if (c->base.cut)
		snprintf(c->why, sizeof(c->why), "none: %s", CUT_REMEDY);
	else
		snprintf(c->why, sizeof(c->why),
			 "none: no ancestor of it was built");
}

static int choose_plain(struct base_choice *c, const struct base_subject *s,
			struct err *e)
{
	struct lineage *l = &c->read.lineage;
	int r;

	if (s->build != LINEAGE_NONE)
		r = lineage_base_of_build(l, s->build, &c->base, e);
	else
		r = lineage_base_of(l, s->node, true, LINEAGE_NONE, &c->base,
				    e);
	if (r < 0)
		return r;
	say_plain(c, s->node != DAG_NONE);
	return 0;
}

static void say_no_merge_base(struct base_choice *c, const char *onto, bool cut)
{
	snprintf(c->why, sizeof(c->why), "none: no merge base with '%.60s'%s%s",
		 onto, cut ? " is known: " : ": they have no common ancestor",
		 cut ? CUT_REMEDY : "");
}

static void say_merge_base(struct base_choice *c, const char *onto,
			   const struct dag_merge_base *m)
{
	const char *of = m->count > 1 ? "the nearest of several merge bases"
				      : "the merge base";

	snprintf(c->merge_base, sizeof(c->merge_base), "%016llx",
		 (unsigned long long)c->read.lineage.dag.nodes[m->node].commit);
	if (c->base.build == LINEAGE_NONE)
		snprintf(
			c->why, sizeof(c->why),
			"none: neither %s with '%.60s' nor an ancestor of it%s was built",
			of, onto, c->base.cut ? " that is known" : "");
	else if (c->base.how == LINEAGE_TIME)
		snprintf(
			c->why, sizeof(c->why),
			"the build before it by time: neither %s with '%.60s' nor an ancestor of it that is known was built",
			of, onto);
	else if (c->base.commits == 0)
		snprintf(c->why, sizeof(c->why), "%s with '%.60s'", of, onto);
	else
		snprintf(c->why, sizeof(c->why),
			 "the nearest built ancestor of %s with '%.60s'", of,
			 onto);
}

static int choose_onto(struct base_choice *c, const struct base_subject *s,
		       const struct base_subject *onto, struct err *e)
{
	struct lineage *l = &c->read.lineage;
	struct dag_merge_base m = { .node = DAG_NONE, .cut = true };
	int r = 0;

	c->base = (struct lineage_base){ .build = LINEAGE_NONE };
	if (s->node != DAG_NONE && onto->node != DAG_NONE)
		r = dag_merge_base(&l->dag, s->node, onto->node, &m, e);
	if (r < 0)
		return r;
	if (m.node == DAG_NONE) {
		say_no_merge_base(c, onto->word, m.cut);
		return 0;
	}
	/* What is not ahead of the other has its own first parent before it. */
	r = lineage_base_of(l, m.node, m.node != s->node, s->build, &c->base,
			    e);
	if (r < 0)
		return r;
	/* The build before it by time could have what the other has since. */
	if (c->base.how == LINEAGE_TIME)
		c->base = (struct lineage_base){ .build = LINEAGE_NONE,
						 .cut = true };
	say_merge_base(c, onto->word, &m);
	return 0;
}

int base_choose(struct base_choice *c, const struct base_subject *s,
		const struct base_subject *onto, struct err *e)
{
	const struct lineage *l = &c->read.lineage;
	int r;

	if (s->build != LINEAGE_NONE)
		r = ask_subject(c, l->builds[s->build].id, 0, c->of,
				sizeof(c->of), e);
	else
		r = snprintf(c->of, sizeof(c->of), "%016llx",
			     (unsigned long long)l->dag.nodes[s->node].commit) <
		    0;
	if (r == 0)
		r = onto ? choose_onto(c, s, onto, e) : choose_plain(c, s, e);
	if (r < 0)
		return r;
	c->build = 0;
	c->commits = -1;
	if (c->base.build == LINEAGE_NONE)
		return 0;
	c->build = l->builds[c->base.build].id;
	if (c->base.how != LINEAGE_TIME)
		c->commits = c->base.commits;
	lineage_unlike_words(c->base.unlike, c->unlike);
	return 0;
}

int base_choice_rows(struct base_choice *c, struct table_rows *ret,
		     struct err *e)
{
	const struct binding bindings[] = {
		{ ":build", NULL, &c->build },
		{ ":commits", NULL, &c->commits },
		{ ":why", c->why, NULL },
		{ ":unlike", c->unlike, NULL },
		{ ":of", c->of, NULL },
		{ ":merge_base", c->merge_base, NULL },
		{ NULL, NULL, NULL },
	};
	const struct report *head;
	struct rows *rows;
	int r = statement_file(c->d, "base", bindings, &rows, &head, e);

	if (r == 0)
		*ret = (struct table_rows){ .name = "base",
					    .title = head->title,
					    .empty = head->empty,
					    .rows = rows,
					    .end = statement_end };
	return r;
}
