/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/canned.h"

#include <stdio.h>
#include <string.h>

#include "query/run.h"

/* The head of a user's file need not describe its variables. */
static bool takes(const struct report *r, enum query_param id)
{
	char variable[32];

	snprintf(variable, sizeof(variable), ":%s", query_params[id].variable);
	return report_find_param(r, id) ||
	       (!r->builtin && strstr(r->sql, variable));
}

bool canned_compares(const struct report *r)
{
	return takes(r, PARAM_BASE);
}

/* Why it cannot be run; NULL: it can. */
static const char *lacks(const struct sides *s, const struct terms *t,
			 const struct report *r, enum verdict *ret)
{
	*ret = VERDICT_NO_BASE;
	if (takes(r, PARAM_BASE) && t->no_base)
		return t->no_base;
	*ret = VERDICT_UNKNOWN;
	if (takes(r, PARAM_TRACE) && !s->has_trace)
		return "the build has no trace";
	return NULL;
}

static void settle(const struct terms *t, bool warn, struct canned *c)
{
	if (!c->total) {
		c->verdict = VERDICT_OK;
		return;
	}
	snprintf(c->why, sizeof(c->why), "%s", c->report->title);
	c->verdict = warn ? VERDICT_WARNING : VERDICT_BROKEN;
	if (t->excuse && canned_compares(c->report)) {
		c->verdict = VERDICT_EXCUSED;
		snprintf(c->why, sizeof(c->why), "%.280s", t->excuse);
	}
}

static const char *above_of(const struct report *r)
{
	const struct report_param *p = report_find_param(r, PARAM_ABOVE);

	return p && p->fallback ? p->fallback : "";
}

int canned_run(const struct database *d, const struct sides *s,
	       const struct terms *t, const char *above, bool warn,
	       struct canned *c, struct err *e)
{
	struct query_request request = { .limit = -1 };
	const char *why = lacks(s, t, c->report, &c->verdict);
	char build[24], base[24], trace[24];
	struct rows *rows;
	int rc;

	snprintf(c->above, sizeof(c->above), "%s",
		 above ? above : above_of(c->report));
	if (why) {
		snprintf(c->why, sizeof(c->why), "%s", why);
		return 0;
	}
	snprintf(build, sizeof(build), "%lld", (long long)s->build);
	snprintf(base, sizeof(base), "%lld", (long long)s->base);
	snprintf(trace, sizeof(trace), "%lld", (long long)s->trace);
	if (takes(c->report, PARAM_BUILD) || takes(c->report, PARAM_TRACE))
		request.given[PARAM_BUILD] = build;
	if (takes(c->report, PARAM_BASE))
		request.given[PARAM_BASE] = base;
	if (takes(c->report, PARAM_TRACE))
		request.given[PARAM_TRACE] = trace;
	request.given[PARAM_ABOVE] = above;
	rc = query_start(d, c->report, &request, &rows, e);
	if (rc)
		return rc;
	rc = memory_rows_init_like(&c->rows, rows, e);
	if (rc == 0)
		rc = memory_rows_load(&c->rows, rows, CANNED_ROWS, &c->total,
				      e);
	query_end(rows);
	if (rc == 0)
		settle(t, warn, c);
	return rc;
}

void canned_release(struct canned *c)
{
	memory_rows_release(&c->rows);
}
