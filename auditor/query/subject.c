/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/subject.h"

#include <stdio.h>
#include <string.h>

#include "model/site_text.h"
#include "query/resolve.h"

/* References that the user gave; wrong ones are errors with suggestions. */
static int find_given(const struct database *d, const char *build,
		      const char *trace, struct arena *a, struct subject *s,
		      struct err *e)
{
	const struct report none = { .name = "show" };
	const char *given[PARAM_COUNT] = { NULL };
	struct param_value values[PARAM_COUNT];
	bool used[PARAM_COUNT] = { false };
	int rc;

	given[PARAM_BUILD] = build;
	given[PARAM_TRACE] = trace;
	used[PARAM_BUILD] = true;
	used[PARAM_TRACE] = trace != NULL;
	rc = params_resolve(d, &none, used, given, values, a, e);
	if (rc)
		return rc;
	s->has_build = !values[PARAM_BUILD].null;
	s->build = values[PARAM_BUILD].integer;
	s->has_trace = trace != NULL;
	s->trace = values[PARAM_TRACE].integer;
	return 0;
}

/* The newest there is, which may be none. */
static int find_newest(const struct database *d, const char *file,
		       const int64_t *build, bool *ret_found, int64_t *ret_id,
		       struct err *e)
{
	const struct binding bindings[] = {
		{ ":ref", NULL, NULL },
		{ ":build", NULL, build },
		{ NULL, NULL, NULL },
	};
	sqlite3_stmt *st = NULL;
	int rc = database_prepare(d, file, bindings, &st, e);

	if (!rc)
		rc = database_step(d, st, e);
	if (rc == 1) {
		*ret_found = true;
		*ret_id = sqlite3_column_int64(st, 0);
	}
	sqlite3_finalize(st);
	return rc < 0 ? rc : 0;
}

static int find_where(const struct database *d, const char *build,
		      const char *trace, struct arena *a, struct subject *s,
		      struct err *e)
{
	int rc = 0;

	if (build || trace)
		rc = find_given(d, build, trace, a, s, e);
	else
		rc = find_newest(d, "build-ref", NULL, &s->has_build, &s->build,
				 e);
	if (!rc && !trace)
		rc = find_newest(d, "trace-ref",
				 s->has_build ? &s->build : NULL, &s->has_trace,
				 &s->trace, e);
	return rc;
}

/* Appends "'a', 'b'" of what is left of the rows; returns as a step does. */
static int list_names(const struct database *d, sqlite3_stmt *st, int column,
		      char *ret, size_t size, struct err *e)
{
	size_t used = strlen(ret);
	int rc;

	do {
		const char *name = (const char *)sqlite3_column_text(st,
								     column);

		if (name && used < size)
			used += (size_t)snprintf(ret + used, size - used,
						 "%s'%.160s'", used ? ", " : "",
						 name);
	} while ((rc = database_step(d, st, e)) == 1);
	return rc;
}

static int no_such(const struct database *d, const char *word,
		   const struct binding *bindings, struct err *e)
{
	sqlite3_stmt *st = NULL;
	char names[700] = "";
	int rc = database_prepare(d, "show-nearest", bindings, &st, e);

	if (!rc)
		rc = database_step(d, st, e);
	if (rc == 1 && sqlite3_column_int(st, 1)) {
		rc = err_set(
			e, ERR_USAGE,
			"'%.200s' is a directory: 'kmemdb query objects --branch %.200s' lists what is in it",
			word, word);
	} else if (rc == 1) {
		rc = list_names(d, st, 0, names, sizeof(names), e);
		if (!rc && names[0])
			rc = err_set(
				e, ERR_USAGE,
				"no object or symbol '%.200s': did you mean %s?",
				word, names);
		else if (!rc)
			rc = err_set(
				e, ERR_USAGE,
				"no object or symbol '%.200s', and none with a name like it: 'kmemdb query symbols' lists them",
				word);
	} else if (!rc) {
		rc = err_set(
			e, ERR_DB,
			"database '%s' holds no build and no trace: run 'kmemdb audit TREE' first",
			d->path);
	}
	sqlite3_finalize(st);
	return rc;
}

/* st is at the best row; others of its rank make it ambiguous. */
static int take_best(const struct database *d, sqlite3_stmt *st,
		     const char *word, struct arena *a, struct subject *s,
		     struct err *e)
{
	const char *name = (const char *)sqlite3_column_text(st, 1);
	char names[900] = "";
	int rc;

	s->object = sqlite3_column_int(st, 0);
	s->name = arena_strdup(a, name ? name : "");
	if (!s->name)
		return err_nomem(e);
	rc = database_step(d, st, e);
	if (rc != 1)
		return rc;
	rc = list_names(d, st, 1, names, sizeof(names), e);
	return rc ? rc
		  : err_set(e, ERR_USAGE,
			    "'%.200s' is ambiguous: it may be '%.200s', %s",
			    word, s->name, names);
}

/* The function that a call site names, which may be copied from a log:
 * name+0xoff/0xsize [module].  Empty where word is a path. */
static const char *symbol_of(const char *word, struct arena *a)
{
	size_t n = site_text_function(word, strlen(word));

	return arena_strndup(a, word, word[n] == '/' ? 0 : n);
}

int subject_find(const struct database *d, const char *word, const char *build,
		 const char *trace, struct arena *a, struct subject *ret,
		 struct err *e)
{
	struct subject s = { .object = false };
	const struct binding bindings[] = {
		{ ":word", word, NULL },
		{ ":path", branch_normalise(word, a), NULL },
		{ ":symbol", symbol_of(word, a), NULL },
		{ ":build", NULL, &s.build },
		{ ":trace", NULL, &s.trace },
		{ NULL, NULL, NULL },
	};
	sqlite3_stmt *st = NULL;
	int rc = find_where(d, build, trace, a, &s, e);

	/* Numbers begin with 1: 0 is in no row. */
	if (!rc && (!bindings[1].text || !bindings[2].text))
		rc = err_nomem(e);
	if (!rc)
		rc = database_prepare(d, "show-subject", bindings, &st, e);
	if (!rc)
		rc = database_step(d, st, e);
	if (rc == 1)
		rc = take_best(d, st, word, a, &s, e);
	else if (!rc)
		rc = no_such(d, word, bindings, e);
	sqlite3_finalize(st);
	if (!rc)
		*ret = s;
	return rc;
}
