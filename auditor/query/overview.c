/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/overview.h"

#include <string.h>
#include <sys/stat.h>

#include "model/schema_version.h"
#include "query/run.h"
#include "query/statement.h"

/* The file, which knows nothing of its own size. */
static int start_database(const struct overview *o, struct table_rows *t,
			  struct err *e)
{
	const struct database *d = o->d;
	const int64_t version = KMEMDB_SCHEMA_VERSION;
	int64_t bytes;
	const struct binding bindings[] = {
		{ ":path", d->path, NULL },
		{ ":bytes", NULL, &bytes },
		{ ":schema", NULL, &version },
		{ NULL, NULL, NULL },
	};
	const struct report *head;
	struct stat st;
	int rc;

	if (stat(d->path, &st) != 0)
		return err_set_errno(e, ERR_IO, "database '%s'", d->path);
	bytes = st.st_size;
	rc = statement_file(d, "list-database", bindings, &t->rows, &head, e);
	if (rc)
		return rc;
	t->title = head->title;
	t->empty = head->empty;
	t->end = statement_end;
	return 0;
}

static int start_report(const struct overview *o, struct table_rows *t,
			struct err *e)
{
	const struct query_request request = { .limit = -1 };
	const struct report *r;
	int rc = catalogue_find(&o->reports, t->name, &r, e);

	if (!rc)
		rc = query_start(o->d, r, &request, &t->rows, e);
	if (rc)
		return rc;
	t->title = r->title;
	t->empty = r->empty;
	t->end = query_end;
	return 0;
}

static const struct {
	const char *name;
	int (*start)(const struct overview *o, struct table_rows *t,
		     struct err *e);
} tables[] = {
	{ "database", start_database },
	{ "builds", start_report },
	{ "traces", start_report },
};

int overview_begin(const struct database *d, const char *only,
		   struct overview *ret, struct err *e)
{
	struct overview o = { .d = d, .only = only };
	int rc = catalogue_read(&o.reports, e);

	if (!rc)
		*ret = o;
	return rc;
}

void overview_release(struct overview *o)
{
	catalogue_release(&o->reports);
}

int overview_next(struct overview *o, struct table_rows *ret, struct err *e)
{
	while (o->at < sizeof(tables) / sizeof(*tables)) {
		struct table_rows t = { .name = tables[o->at].name };
		int rc;

		o->at++;
		if (o->only && strcmp(o->only, t.name) != 0)
			continue;
		rc = tables[o->at - 1].start(o, &t, e);
		if (rc)
			return rc;
		*ret = t;
		return 1;
	}
	return 0;
}
