/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/transaction.h"

#include "store/names.h"
#include "store/statements.h"
#include "store/waiting.h"

#define COMMIT_WAIT_MS (3600 * 1000)

int store_begin(struct store *s, int wait_ms, struct err *e)
{
	int64_t any;
	int r;

	store_wait_at_most(s, wait_ms);
	r = store_run(s, ST_BEGIN, NULL, 0, e);
	if (r < 0)
		return r;
	s->in_transaction = true;
	if (!s->fresh)
		return 0;
	/* Another program may have been quicker since the schema was made. */
	r = store_find(s, ST_NAME_ANY, NULL, 0, &any, e);
	s->fresh = r == 0;
	return r < 0 ? r : 0;
}

int store_commit(struct store *s, struct err *e)
{
	int r;

	r = store_flush_names(s, e);
	if (r < 0)
		return r;
	if (s->stop && *s->stop)
		return store_fail(s, e);
	/* A reader may hold its lock while somebody pages through a report,
	 * and an hour's work must not be lost for that. */
	store_wait_at_most(s, COMMIT_WAIT_MS);
	r = store_run(s, ST_COMMIT, NULL, 0, e);
	if (r == 0)
		s->in_transaction = false;
	return r;
}

void store_rollback(struct store *s)
{
	struct err ignored;

	if (!s->in_transaction)
		return;
	s->in_transaction = false;
	/* Some errors roll back by themselves; then this one fails. */
	if (!sqlite3_get_autocommit(s->db))
		store_run(s, ST_ROLLBACK, NULL, 0, &ignored);
}
