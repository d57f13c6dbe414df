/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/branch_rows.h"

#include "store/statements.h"

int store_site_places(struct store *s, int64_t trace,
		      int (*f)(void *ctx, uint32_t site, const char *place,
			       bool tracing, struct err *e),
		      void *ctx, struct err *e)
{
	struct value key = V_INT(trace);
	sqlite3_stmt *st;
	int rc, r = store_flush_names(s, e);

	if (r == 0)
		r = store_select(s, ST_SITE_PLACES, &key, 1, &st, e);
	if (r < 0)
		return r;
	while (r == 0 && (rc = sqlite3_step(st)) != SQLITE_DONE) {
		const char *place;

		if (rc != SQLITE_ROW) {
			r = store_fail(s, e);
			break;
		}
		place = (const char *)sqlite3_column_text(st, 1);
		r = place ? f(ctx, (uint32_t)sqlite3_column_int64(st, 0), place,
			      sqlite3_column_int(st, 2) != 0, e)
			  : err_nomem(e);
	}
	sqlite3_reset(st);
	return r;
}

int store_branch_peak(struct store *s, int64_t trace, const char *path,
		      bool tracing, uint32_t number,
		      const struct branch_peak *p, struct err *e)
{
	struct value values[4 + 2 * PEAK_COUNT] = {
		V_INT(trace),
		V_TEXT(path),
		V_INT(tracing),
		V_INT(number),
	};

	for (int i = 0; i < PEAK_COUNT; i++) {
		values[4 + 2 * i] = V_INT(p->bytes[i]);
		values[5 + 2 * i] = V_INT(p->at_ns[i]);
	}
	return store_run(s, ST_BRANCH_PEAK_PUT, values, 4 + 2 * PEAK_COUNT, e);
}

int store_site_peak(struct store *s, int64_t trace, uint32_t site,
		    const struct branch_peak *p, struct err *e)
{
	struct value values[] = {
		V_INT(trace),
		V_INT(site),
		V_INT(p->bytes[PEAK_MALLOC]),
		V_INT(p->at_ns[PEAK_MALLOC]),
		V_INT(p->bytes[PEAK_CACHE]),
		V_INT(p->at_ns[PEAK_CACHE]),
	};

	return store_run(s, ST_SITE_PEAK_PUT, values, 6, e);
}

int store_branch_point(struct store *s, int64_t trace, uint32_t branch,
		       const struct branch_point *p, struct err *e)
{
	struct value values[] = {
		V_INT(trace),	       V_INT(branch),
		V_INT(p->start_ns),    V_INT(p->malloc_bytes),
		V_INT(p->cache_bytes), V_INT(p->top_bytes),
	};

	return store_run(s, ST_BRANCH_POINT_PUT, values, 6, e);
}
