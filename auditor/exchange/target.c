/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exchange/target.h"

#include <errno.h>
#include <sys/stat.h>

#include "store/store.h"
#include "support/progress.h"

/* Another import, or an audit, may take its time. */
#define WAIT_MS (3600 * 1000)

static void say_waiting(void *ctx, const char *for_whom)
{
	progress_say(false, "database '%s': waiting for %s", (const char *)ctx,
		     for_whom);
}

int target_open(const char *db, bool quiet, const struct query_stop *stop,
		struct store **ret, struct err *e)
{
	/* The name is only shown. */
	union {
		const char *name;
		void *ctx;
	} who = { .name = db };
	const struct store_waiting waiting = { quiet ? NULL : say_waiting,
					       who.ctx };
	struct store *s;
	int r = store_open_saying(db, &waiting, &s, e);

	if (r < 0)
		return r;
	store_stop_on(s, stop->interrupted);
	r = store_begin(s, WAIT_MS, e);
	if (r < 0)
		store_close(s);
	else
		*ret = s;
	return r;
}

int target_must_exist(const char *db, struct err *e)
{
	struct stat st;

	if (stat(db, &st) == 0)
		return 0;
	if (errno != ENOENT)
		return err_set_errno(e, ERR_IO, "database '%s'", db);
	return err_set(
		e, ERR_IO,
		"no database '%s': run 'kmemdb audit TREE' first, or name another with --db",
		db);
}
