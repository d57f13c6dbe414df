/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/resolve.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "query/metric.h"
#include "support/sizes.h"

/* Deeper than any path is long. */
#define DEPTH_MAX 4096
/* More than any kernel can be configured for; no sum of bytes overflows. */
#define CPUS_MAX 65536
#define ROWS_OF_TIME_MAX 65536

struct ref_lookup {
	const struct database *d;
	const struct report *report;
	const bool *used;
	const char *const *given;
	struct param_value *values;
	struct arena *arena;
	struct err *e;
	int64_t build; /* of all that is looked up */
	bool has_build;
};

/* Appends the first column of a query/ file's rows: "'a', 'b' or 'c'". */
static int nearest(struct ref_lookup *r, const char *file,
		   const struct binding *bindings, char *ret, size_t size)
{
	sqlite3_stmt *st = NULL;
	size_t used = 0;
	int rc = database_prepare(r->d, file, bindings, &st, r->e);

	*ret = '\0';
	while (!rc && (rc = database_step(r->d, st, r->e)) == 1) {
		const char *name = (const char *)sqlite3_column_text(st, 0);

		if (name && used < size)
			used += (size_t)snprintf(ret + used, size - used,
						 "%s'%.100s'", used ? ", " : "",
						 name);
		rc = 0;
	}
	sqlite3_finalize(st);
	return rc;
}

/* Two kinds of things have references; they differ in words and files. */
struct kind {
	const char *noun, *ref_file, *candidates_file, *remedy;
};

static const struct kind build_kind = { "build", "build-ref",
					"build-candidates",
					"kmemdb audit TREE" };
static const struct kind trace_kind = { "trace", "trace-ref",
					"trace-candidates",
					"kmemdb import LOG" };

static int no_such_ref(struct ref_lookup *r, const struct kind *k,
		       const char *ref, const struct binding *bindings)
{
	char names[400];
	int rc;

	if (!ref && r->has_build)
		return err_set(
			r->e, ERR_DB,
			"build '%s' has no trace: 'kmemdb query traces' lists those there are, 'kmemdb import --build %s LOG' adds one",
			r->given[PARAM_BUILD], r->given[PARAM_BUILD]);
	if (!ref)
		return err_set(r->e, ERR_DB,
			       "database '%s' holds no %s: run '%s' first",
			       r->d->path, k->noun, k->remedy);
	rc = nearest(r, k->candidates_file, bindings, names, sizeof(names));
	if (rc)
		return rc;
	if (!*names)
		return no_such_ref(r, k, NULL, bindings);
	return err_set(
		r->e, ERR_USAGE,
		"no %s has the id, label or commit '%.100s': did you mean %s?",
		k->noun, ref, names);
}

/* A second row of the best rank: say what they are. */
static int ambiguous(struct ref_lookup *r, const struct kind *k,
		     const char *ref, const char *first, sqlite3_stmt *st)
{
	char list[500];
	size_t used = (size_t)snprintf(list, sizeof(list), "%.120s", first);
	int rc = 1;

	while (rc == 1) {
		const char *words = (const char *)sqlite3_column_text(st, 1);

		if (words && used < sizeof(list))
			used += (size_t)snprintf(list + used,
						 sizeof(list) - used,
						 ", %.120s", words);
		rc = database_step(r->d, st, r->e);
	}
	if (rc < 0)
		return rc;
	return err_set(r->e, ERR_USAGE,
		       "%s '%.100s' is ambiguous: give the id of one of %s",
		       k->noun, ref, list);
}

/* The id that ref means, or of the newest where ref is NULL; and, of a
 * trace, its build. */
static int find_ref(struct ref_lookup *r, const struct kind *k, const char *ref,
		    struct param_value *ret_id, struct param_value *ret_build)
{
	const struct binding bindings[] = {
		{ ":ref", ref, NULL },
		{ ":build", NULL, r->has_build ? &r->build : NULL },
		{ NULL, NULL, NULL },
	};
	sqlite3_stmt *st = NULL;
	int rc = database_prepare(r->d, k->ref_file, bindings, &st, r->e);

	if (rc)
		return rc;
	rc = database_step(r->d, st, r->e);
	if (rc == 0)
		rc = no_such_ref(r, k, ref, bindings);
	else if (rc == 1) {
		const char *words = (const char *)sqlite3_column_text(st, 1);
		char first[128];

		snprintf(first, sizeof(first), "%s", words ? words : "");
		ret_id->integer = sqlite3_column_int64(st, 0);
		if (ret_build) {
			ret_build->null = sqlite3_column_type(st, 2) ==
					  SQLITE_NULL;
			ret_build->integer = sqlite3_column_int64(st, 2);
		}
		rc = database_step(r->d, st, r->e);
		if (rc == 1)
			rc = ambiguous(r, k, ref ? ref : "", first, st);
	}
	sqlite3_finalize(st);
	return rc;
}

/* What is asked for needs to know where the call sites are. */
static int no_build(struct ref_lookup *r, const char *what)
{
	return err_set(
		r->e, ERR_USAGE,
		"trace %lld was joined with no build, so %s: 'kmemdb audit' the tree of that kernel, then import the log again with --build",
		(long long)r->values[PARAM_TRACE].integer, what);
}

static int resolve_trace(struct ref_lookup *r)
{
	struct param_value of = { .null = true };
	int rc = find_ref(r, &trace_kind, r->given[PARAM_TRACE],
			  &r->values[PARAM_TRACE], &of);

	if (rc)
		return rc;
	if (of.null)
		return r->has_build ? no_build(r, "--build does not fit") : 0;
	if (r->has_build && r->build != of.integer)
		return err_set(
			r->e, ERR_USAGE,
			"trace '%s' is of build %lld, not of build '%s': leave one of them out",
			r->given[PARAM_TRACE], (long long)of.integer,
			r->given[PARAM_BUILD]);
	r->build = of.integer;
	r->has_build = true;
	return 0;
}

/* A build that is given decides about the trace, else the trace about it. */
static int resolve_build_and_trace(struct ref_lookup *r)
{
	struct param_value *build = &r->values[PARAM_BUILD];
	int rc = 0;

	if (r->used[PARAM_BUILD] &&
	    (r->given[PARAM_BUILD] || !r->used[PARAM_TRACE])) {
		rc = find_ref(r, &build_kind, r->given[PARAM_BUILD], build,
			      NULL);
		r->build = build->integer;
		r->has_build = !rc;
	}
	if (!rc && r->used[PARAM_TRACE])
		rc = resolve_trace(r);
	build->integer = r->build;
	build->null = !r->has_build;
	return rc;
}

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
		return no_build(
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
		rc = nearest(r, "image-candidates", bindings, names,
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
		return no_build(r, "its call sites are in no branch");
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
	rc = nearest(r, "branch-candidates", bindings, names, sizeof(names));
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
	rc = resolve_build_and_trace(&r);
	if (!rc && used[PARAM_BASE])
		rc = find_ref(&r, &build_kind, given[PARAM_BASE],
			      &values[PARAM_BASE], NULL);
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
