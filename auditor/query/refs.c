/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/refs.h"

#include <stdio.h>

int refs_nearest(struct ref_lookup *r, const char *file,
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
	rc = refs_nearest(r, k->candidates_file, bindings, names,
			  sizeof(names));
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

int refs_no_build(struct ref_lookup *r, const char *what)
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
		return r->has_build ? refs_no_build(r, "--build does not fit")
				    : 0;
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

int refs_resolve(struct ref_lookup *r)
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

int refs_build(struct ref_lookup *r, const char *ref,
	       struct param_value *ret_id)
{
	return find_ref(r, &build_kind, ref, ret_id, NULL);
}
