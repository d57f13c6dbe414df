/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/resolve.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "query/metric.h"
#include "query/refs.h"
#include "support/sizes.h"

/* Deeper than any path is long. */
#define DEPTH_MAX 4096
/* More than any kernel can be configured for; no sum of bytes overflows. */
#define CPUS_MAX 65536
#define ROWS_OF_TIME_MAX 65536

/* The user's words, else the report's, else the option's own. */
static const char *words_of(const struct ref_lookup *r, enum query_param id)
{
	const struct report_param *p = report_find_param(r->report, id);

	if (r->given[id])
		return r->given[id];
	if (p && p->fallback)
		return p->fallback;
	return query_params[id].fallback;
}

static int resolve_image(struct ref_lookup *r)
{
	struct param_value *v = &r->values[PARAM_IMAGE];
	const struct binding bindings[] = {
		{ ":image", words_of(r, PARAM_IMAGE), NULL },
		{ ":build", NULL, &r->build },
		{ NULL, NULL, NULL },
	};
	const char *name = bindings[0].text, *found = NULL;
	sqlite3_stmt *st = NULL;
	char names[400];
	int rc;

	v->text = name;
	/* Calls of all images are calls without a build, too. */
	if (r->used[PARAM_TRACE] && !r->has_build && !r->given[PARAM_IMAGE] &&
	    strcmp(name, "all") == 0)
		return 0;
	if (r->used[PARAM_TRACE] && !r->has_build)
		return refs_no_build(
			r, "there is no static memory to add, and no image");
	/* What was not asked for may be missing: a tree of modules only. */
	if (!r->given[PARAM_IMAGE] || !r->has_build ||
	    strcmp(name, "all") == 0 || strcmp(name, "modules") == 0)
		return 0;
	rc = database_prepare(r->d, "image-ref", bindings, &st, r->e);
	if (rc)
		return rc;
	rc = database_step(r->d, st, r->e);
	if (rc == 1)
		found = (const char *)sqlite3_column_text(st, 0);
	if (found)
		v->text = arena_strdup(r->arena, found);
	sqlite3_finalize(st);
	if (rc == 1)
		return v->text ? 0 : err_nomem(r->e);
	if (!rc)
		rc = refs_nearest(r, "image-candidates", bindings, names,
				  sizeof(names));
	if (rc)
		return rc;
	return err_set(
		r->e, ERR_USAGE,
		"no image '%.100s' in build %lld: did you mean %s? 'modules' and 'all' are known, too",
		name, (long long)r->build, *names ? names : "another build");
}

char *branch_normalise(const char *branch, struct arena *a)
{
	char *copy = arena_alloc(a, strlen(branch) + 1);
	size_t len = 0;

	if (!copy)
		return NULL;
	while (*branch) {
		size_t n = strcspn(branch, "/");

		if (n && !(n == 1 && *branch == '.')) {
			if (len)
				copy[len++] = '/';
			memcpy(copy + len, branch, n);
			len += n;
		}
		branch += n + (branch[n] == '/');
	}
	copy[len] = '\0';
	return copy;
}

/* 1: the build has it, 0: not, negative: an error. */
static int branch_exists(struct ref_lookup *r, const struct binding *bindings)
{
	sqlite3_stmt *st = NULL;
	int rc = database_prepare(r->d, "branch-exists", bindings, &st, r->e);

	if (!rc)
		rc = database_step(r->d, st, r->e);
	sqlite3_finalize(st);
	return rc;
}

static int resolve_branch(struct ref_lookup *r)
{
	struct param_value *v = &r->values[PARAM_BRANCH];
	struct binding bindings[] = {
		{ ":branch", NULL, NULL },
		{ ":build", NULL, &r->build },
		{ NULL, NULL, NULL },
	};
	char names[400];
	int rc;

	v->text = branch_normalise(words_of(r, PARAM_BRANCH), r->arena);
	if (!v->text)
		return err_nomem(r->e);
	if (*v->text && r->used[PARAM_TRACE] && !r->has_build)
		return refs_no_build(r, "its call sites are in no branch");
	if (!*v->text || !r->has_build)
		return 0;
	bindings[0].text = v->text;
	rc = branch_exists(r, bindings);
	/* Of two builds it may be new in one, or gone. */
	if (!rc && r->used[PARAM_BASE]) {
		bindings[1].integer = &r->values[PARAM_BASE].integer;
		rc = branch_exists(r, bindings);
		bindings[1].integer = &r->build;
	}
	if (rc)
		return rc < 0 ? rc : 0;
	rc = refs_nearest(r, "branch-candidates", bindings, names,
			  sizeof(names));
	if (rc)
		return rc;
	return err_set(r->e, ERR_USAGE,
		       "no branch '%.200s' in build %lld: did you mean %s?",
		       v->text, (long long)r->build,
		       *names ? names : "another build");
}

/* A number from 1 to max; what are the words for one. */
static int resolve_number(struct ref_lookup *r, enum query_param id, long max,
			  const char *what)
{
	const char *words = words_of(r, id);
	char *end;
	long n;

	errno = 0;
	n = strtol(words, &end, 10);
	if (*words < '0' || *words > '9' || *end || errno || n < 1 || n > max)
		return err_set(r->e, ERR_USAGE,
			       "'%.40s' is no %s: give one from 1 to %ld",
			       words, what, max);
	r->values[id].integer = n;
	return 0;
}

static int resolve_size(struct ref_lookup *r, enum query_param id)
{
	const char *words = words_of(r, id);

	if (!size_parse(words, &r->values[id].integer))
		return err_set(r->e, ERR_USAGE,
			       "'%.40s' is no size: give one as 4096 or 4K",
			       words);
	return 0;
}

/* --malloc and --cache leave the other kind out; both, or none, is both. */
static void resolve_flags(struct ref_lookup *r)
{
	bool malloc_only = r->given[PARAM_MALLOC] && !r->given[PARAM_CACHE];
	bool cache_only = r->given[PARAM_CACHE] && !r->given[PARAM_MALLOC];

	r->values[PARAM_MALLOC].integer = !cache_only;
	r->values[PARAM_CACHE].integer = !malloc_only;
	r->values[PARAM_TRACING].integer = !r->given[PARAM_TRACING];
	r->values[PARAM_LABELS].integer = r->given[PARAM_LABELS] != NULL;
}

int params_resolve(const struct database *d, const struct report *report,
		   const bool used[PARAM_COUNT],
		   const char *const given[PARAM_COUNT],
		   struct param_value values[PARAM_COUNT], struct arena *a,
		   struct err *e)
{
	struct ref_lookup r = { .d = d,
				.report = report,
				.used = used,
				.given = given,
				.values = values,
				.arena = a,
				.e = e };
	int rc;

	for (int i = 0; i < PARAM_COUNT; i++)
		values[i] = (struct param_value){ .text = NULL };
	resolve_flags(&r);
	rc = refs_resolve(&r);
	if (!rc && used[PARAM_BASE])
		rc = refs_build(&r, given[PARAM_BASE], &values[PARAM_BASE]);
	if (!rc && used[PARAM_IMAGE])
		rc = resolve_image(&r);
	if (!rc && used[PARAM_BRANCH])
		rc = resolve_branch(&r);
	if (!rc && used[PARAM_DEPTH])
		rc = resolve_number(&r, PARAM_DEPTH, DEPTH_MAX,
				    "number of levels");
	if (!rc && used[PARAM_METRIC])
		rc = metric_find(words_of(&r, PARAM_METRIC),
				 &values[PARAM_METRIC].text, e);
	if (!rc && used[PARAM_CPUS])
		rc = resolve_number(&r, PARAM_CPUS, CPUS_MAX, "number of CPUs");
	if (!rc && used[PARAM_RESOLUTION])
		rc = resolve_number(&r, PARAM_RESOLUTION, ROWS_OF_TIME_MAX,
				    "number of rows");
	if (!rc && used[PARAM_ABOVE])
		rc = resolve_size(&r, PARAM_ABOVE);
	return rc;
}
