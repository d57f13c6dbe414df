/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/forget.h"

#include "exchange/refs.h"
#include "exchange/target.h"
#include "store/copy/drop.h"
#include "store/statements.h"
#include "store/store.h"

static int forget_trace(struct store *s, int64_t id,
			struct forget_result *counts, struct err *e)
{
	int r = drop_root(s, "trace", id, e);

	counts->traces += r == 0;
	return r;
}

int forget_build(struct store *s, int64_t id, struct forget_result *counts,
		 struct err *e)
{
	const struct value key = V_INT(id);
	int64_t trace;
	int r;

	while ((r = store_find(s, ST_FORGET_TRACE_OF, &key, 1, &trace, e)) == 1)
		if ((r = forget_trace(s, trace, counts, e)) < 0)
			break;
	if (r == 0)
		r = drop_root(s, "build", id, e);
	counts->builds += r == 0;
	return r;
}

/* A word that may name either. */
static int forget_ref(struct store *s, const char *ref,
		      struct forget_result *counts, struct err *e)
{
	int64_t build = 0, trace = 0;
	int is_build = ref_find(s->db, REF_BUILD, ref, &build, e);
	int is_trace = is_build < 0
			       ? is_build
			       : ref_find(s->db, REF_TRACE, ref, &trace, e);

	if (is_trace < 0)
		return is_trace;
	if (is_build && is_trace)
		return err_set(
			e, ERR_USAGE,
			"'%.100s' is a build and a trace: say --build %.100s or --trace %.100s",
			ref, ref, ref);
	if (is_build)
		return forget_build(s, build, counts, e);
	if (is_trace)
		return forget_trace(s, trace, counts, e);
	return err_set(
		e, ERR_USAGE,
		"no build or trace has the id, label or commit '%.100s': 'kmemdb list' shows them",
		ref);
}

static int forget_all(const struct forget_options *o, struct store *s,
		      struct forget_result *counts, struct err *e)
{
	int64_t id;
	int r = 0;

	for (size_t i = 0; i < o->nrefs && r == 0; i++)
		r = forget_ref(s, o->refs[i], counts, e);
	if (r == 0 && o->trace) {
		r = ref_get(s->db, REF_TRACE, o->trace, &id, e);
		if (r == 0)
			r = forget_trace(s, id, counts, e);
	}
	if (r == 0 && o->build) {
		r = ref_get(s->db, REF_BUILD, o->build, &id, e);
		if (r == 0)
			r = forget_build(s, id, counts, e);
	}
	return r;
}

int forget_finish(struct store *s, bool compact, struct forget_result *counts,
		  struct err *e)
{
	int64_t before, after;
	int r = drop_unused(s, e);

	if (r == 0)
		r = store_commit(s, e);
	if (r == 0)
		r = store_free_bytes(s, &counts->free_bytes, &before, e);
	if (r < 0)
		return r;
	counts->bytes = before;
	counts->given_back = 0;
	if (!compact || !counts->free_bytes)
		return 0;
	r = store_compact(s, e);
	if (r == 0)
		r = store_free_bytes(s, &counts->free_bytes, &after, e);
	if (r < 0)
		return err_prefix(
			e,
			"what was to go is gone, but its space was not given back");
	counts->bytes = after;
	counts->given_back = before - after;
	return 0;
}

int forget_run(const struct forget_options *o, struct forget_result *ret,
	       struct err *e)
{
	struct forget_result counts = { 0 };
	struct store *s = NULL;
	int r = target_must_exist(o->db, e);

	if (r == 0)
		r = target_open(o->db, o->quiet, o->stop, &s, e);
	if (r == 0)
		r = forget_all(o, s, &counts, e);
	if (r == 0)
		r = forget_finish(s, o->compact, &counts, e);
	store_close(s);
	if (r == 0)
		*ret = counts;
	return r;
}
