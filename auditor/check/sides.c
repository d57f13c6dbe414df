/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/sides.h"

#include <string.h>

#include "query/resolve.h"

static const struct report no_report = {
	.name = "check",
	.title = "",
	.text = "",
	.order = "",
	.empty = "",
	.footer = "",
};

/* What a ref means; NULL is the newest build. */
static int find_build(struct check *c, const char *ref, int64_t *ret,
		      struct err *e)
{
	static const bool used[PARAM_COUNT] = { [PARAM_BUILD] = true };
	const char *given[PARAM_COUNT] = { [PARAM_BUILD] = ref };
	struct param_value values[PARAM_COUNT];
	int rc = params_resolve(c->d, &no_report, used, given, values,
				&c->arena, e);

	if (rc == 0)
		*ret = values[PARAM_BUILD].integer;
	return rc;
}

/* Words of sql/query/lineage.sql. */
static int say_how(struct check *c, int64_t commits, const char *how,
		   struct err *e)
{
	if (how && strcmp(how, "time") == 0)
		c->how =
			"the one before it by time, as the history is not known";
	else if (how && strcmp(how, "commit") == 0)
		c->how = "of the same commit";
	else if (commits == 1)
		c->how = "its parent";
	else
		c->how = arena_printf(
			&c->arena,
			"its nearest audited ancestor, %lld commits back",
			(long long)commits);
	return c->how ? 0 : err_nomem(e);
}

static int find_default_base(struct check *c, struct err *e)
{
	const struct binding bindings[] = {
		{ ":build", NULL, &c->sides.build },
		{ NULL, NULL, NULL },
	};
	sqlite3_stmt *st;
	int rc = database_prepare(c->d, "check-base", bindings, &st, e);

	if (rc)
		return rc;
	rc = database_step(c->d, st, e);
	c->sides.has_base = rc == 1;
	if (rc == 1) {
		c->sides.base = sqlite3_column_int64(st, 0);
		rc = say_how(c, sqlite3_column_int64(st, 1),
			     (const char *)sqlite3_column_text(st, 2), e);
	}
	sqlite3_finalize(st);
	return rc < 0 ? rc : 0;
}

static const char *column(struct check *c, sqlite3_stmt *st, int at)
{
	const unsigned char *t = sqlite3_column_text(st, at);

	return t ? arena_strdup(&c->arena, (const char *)t) : NULL;
}

static int describe(struct check *c, int64_t build, const char **ret_words,
		    const char **ret_commit, const char **ret_source,
		    const char **ret_arch, struct err *e)
{
	const struct binding bindings[] = { { ":build", NULL, &build },
					    { NULL, NULL, NULL } };
	sqlite3_stmt *st;
	int rc = database_prepare(c->d, "check-build", bindings, &st, e);

	if (rc)
		return rc;
	rc = database_step(c->d, st, e);
	if (rc == 1) {
		*ret_words = column(c, st, 0);
		*ret_commit = column(c, st, 1);
		*ret_source = column(c, st, 2);
		*ret_arch = column(c, st, 3);
		rc = *ret_words ? 0 : err_nomem(e);
	}
	sqlite3_finalize(st);
	return rc;
}

/* In what they differ, as one phrase. */
static int find_unlike(struct check *c, struct err *e)
{
	const struct binding bindings[] = {
		{ ":build", NULL, &c->sides.build },
		{ ":base", NULL, &c->sides.base },
		{ NULL, NULL, NULL },
	};
	sqlite3_stmt *st;
	int rc = database_prepare(c->d, "check-unlike", bindings, &st, e);

	if (rc)
		return rc;
	while ((rc = database_step(c->d, st, e)) == 1) {
		c->unlike = arena_printf(
			&c->arena, "%s%s%s", c->unlike, *c->unlike ? ", " : "",
			(const char *)sqlite3_column_text(st, 0));
		if (!c->unlike) {
			rc = err_nomem(e);
			break;
		}
	}
	sqlite3_finalize(st);
	return rc;
}

static int describe_both(struct check *c, struct err *e)
{
	const char *arch = NULL, *base_arch = NULL, *ignored;
	int rc = describe(c, c->sides.build, &c->build_words, &c->commit,
			  &c->source, &arch, e);

	c->unlike = c->base_words = "";
	if (!c->how)
		c->how = "";
	c->terms.no_base =
		c->no_base
			? "no base was wanted"
			: "there is no earlier build of its kind to compare with";
	if (rc || !c->sides.has_base)
		return rc;
	c->terms.no_base = NULL;
	rc = describe(c, c->sides.base, &c->base_words, &c->base_commit,
		      &ignored, &base_arch, e);
	if (rc == 0)
		rc = find_unlike(c, e);
	/* Other code from the first byte on: each number would differ. */
	if (rc == 0 &&
	    strcmp(arch ? arch : "", base_arch ? base_arch : "") != 0)
		c->terms.no_base = "the base is of another architecture";
	return rc;
}

int sides_find(struct check *c, const char *build, const char *base,
	       bool no_base, struct err *e)
{
	int rc = find_build(c, build, &c->sides.build, e);

	if (rc)
		return rc;
	if (base) {
		rc = find_build(c, base, &c->sides.base, e);
		c->sides.has_base = rc == 0;
	} else if (!no_base) {
		rc = find_default_base(c, e);
	}
	c->no_base = no_base;
	return rc == 0 ? describe_both(c, e) : rc;
}
