/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/scratch.h"

int scratch_allow(const struct database *d, bool allow, struct err *e)
{
	static const char on[] = "PRAGMA query_only = OFF";
	static const char off[] = "PRAGMA query_only = ON";

	if (allow)
		sqlite3_set_authorizer(d->db, NULL, NULL);
	if (sqlite3_exec(d->db, allow ? on : off, NULL, NULL, NULL) !=
	    SQLITE_OK)
		return database_fail(d, e);
	return allow ? 0 : database_authorize(d, e);
}

