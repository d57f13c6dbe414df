/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/history.h"

#include <stdlib.h>

#include "store/statements.h"

static int load_known(struct store *s, struct store_history *h, struct err *e)
{
	sqlite3_stmt *st;
	int step, r = store_select(s, ST_COMMITS_KNOWN, NULL, 0, &st, e);

	if (r < 0)
		return r;
	while ((step = sqlite3_step(st)) == SQLITE_ROW && r == 0)
		if (u64map_put(&h->known, (uint64_t)sqlite3_column_int64(st, 0),
			       0))
			r = err_nomem(e);
	if (r == 0 && step != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	return r;
}

static int load_cuts(struct store *s, struct store_history *h, struct err *e)
{
	struct value most = V_INT(STORE_CUTS_MAX);
	sqlite3_stmt *st;
	int step, r = store_select(s, ST_COMMITS_CUT, &most, 1, &st, e);

	if (r < 0)
		return r;
	while ((step = sqlite3_step(st)) == SQLITE_ROW &&
	       h->ncuts < STORE_CUTS_MAX) {
		h->cuts[h->ncuts++] = sqlite3_column_int64(st, 0);
		h->nlacking += sqlite3_column_int(st, 1) == COMMIT_LACKING;
	}
	if (step != SQLITE_DONE)
		r = store_fail(s, e);
	sqlite3_reset(st);
	return r;
}

int store_history_load(struct store *s, struct store_history *ret,
		       struct err *e)
{
	int r;

	*ret = (struct store_history){ .known = U64MAP_INIT };
	r = load_known(s, ret, e);
	return r < 0 ? r : load_cuts(s, ret, e);
}

void store_history_release(struct store_history *h)
{
	u64map_release(&h->known);
}

static int by_commit(const void *a, const void *b)
{
	const struct commit_node *x = a, *y = b;

	return x->commit < y->commit ? -1 : x->commit > y->commit;
}

static int put_node(struct store *s, const struct commit_graph *g,
		    const struct commit_node *n, struct err *e)
{
	struct value key = V_INT(n->commit);
	struct value cut[] = { key, V_INT(n->cut) };
	int r;

	if (n->cut != COMMIT_KNOWN)
		return store_run(s, ST_COMMIT_CUT_PUT, cut, 2, e);
	r = store_run(s, ST_COMMIT_CUT_DROP, &key, 1, e);
	for (uint32_t i = 0; i == 0 || i < n->nparents; i++) {
		struct value values[] = {
			key,
			V_INT(i),
			n->nparents ? V_INT(g->parents[n->first + i]) : V_NULL,
		};

		if (r == 0)
			r = store_run(s, ST_COMMIT_PARENT_PUT, values, 3, e);
	}
	return r;
}

int store_history_put(struct store *s, struct commit_graph *g, struct err *e)
{
	int r = 0;

	if (g->nnodes)
		qsort(g->nodes, g->nnodes, sizeof(*g->nodes), by_commit);
	for (size_t i = 0; i < g->nnodes && r == 0; i++)
		r = put_node(s, g, &g->nodes[i], e);
	return r;
}
