/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/transaction.h"

#include "store/names.h"
#include "store/statements.h"

int store_begin(struct store *s, int wait_ms, struct err *e)
{
	int64_t any;
	int r;

	sqlite3_busy_timeout(s->db, wait_ms);
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
	/* A reader may hold its lock for the length of a report. */
	sqlite3_busy_timeout(s->db, 60000);
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
