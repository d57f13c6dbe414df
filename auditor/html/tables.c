/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/tables.h"

#include <string.h>

#include "query/diff_tables.h"
#include "query/fetch.h"
#include "query/report_file.h"
#include "render/buffer.h"
#include "render/escape.h"
#include "render/json.h"
#include "support/version.h"

struct json {
	FILE *out;
	struct buffer buf;
	bool any; /* a table is there already */
};

/* What a script element could end with, or begin, is written as \u003c. */
static void put(struct json *j)
{
	const struct buffer *b = &j->buf;

	for (size_t i = 0; i < b->len; i++) {
		unsigned char c = (unsigned char)b->at[i];

		if (c == '<' || c == '>' || c == '&')
			fprintf(j->out, "\\u%04x", c);
		else
			putc(c, j->out);
	}
	buffer_clear(&j->buf);
}

static void put_string(struct json *j, const char *before, const char *s)
{
	buffer_str(&j->buf, before);
	text_for_json(&j->buf, s, strlen(s));
}

static void put_head(struct json *j, const char *name, const char *title,
		     const struct rows *rows)
{
	put_string(j, j->any ? ",\n" : "\n", name);
	put_string(j, ":{\"title\":", title);
	buffer_str(&j->buf, ",\"columns\":[");
	for (size_t i = 0; i < rows->ncolumns; i++) {
		const struct column *c = &rows->columns[i];

		put_string(j, i ? ",{\"name\":" : "{\"name\":", c->name);
		put_string(j, ",\"unit\":", column_unit_name(c->unit));
		put_string(j, ",\"help\":", c->help);
		buffer_char(&j->buf, '}');
	}
	buffer_str(&j->buf, "],\"rows\":[");
	put(j);
	j->any = true;
}

static int put_rows(struct json *j, const char *name, const char *title,
		    struct rows *rows, struct err *e)
{
	bool first = true;
	int rc;

	put_head(j, name, title, rows);
	while ((rc = rows_next(rows, e)) == 1) {
		buffer_str(&j->buf, first ? "\n[" : ",\n[");
		first = false;
		for (size_t i = 0; i < rows->ncolumns; i++) {
			if (i)
				buffer_char(&j->buf, ',');
			json_cell(&j->buf, &rows->cells[i]);
		}
		buffer_char(&j->buf, ']');
		if (j->buf.failed)
			return err_nomem(e);
		put(j);
	}
	fputs("]}", j->out);
	return rc;
}

/* One table of the page; depth and resolution: of the report, NULL its own. */
struct page_table {
	const char *name, *report, *order_by, *depth, *resolution;
	int64_t limit; /* rows; -1: all */
};

static int put_table(struct json *j, const struct database *d,
		     const struct page_table *t,
		     const struct query_request *request, struct err *e)
{
	struct query_request own = *request;
	struct rows *rows = NULL;
	struct report report;
	int rc = report_file(t->report, t->report, &report, e);

	if (rc)
		return rc;
	own.given[PARAM_DEPTH] = t->depth;
	own.given[PARAM_RESOLUTION] = t->resolution;
	own.order_by = t->order_by;
	own.limit = t->limit;
	for (int i = 0; i < PARAM_COUNT; i++)
		if (!report_find_param(&report, (enum query_param)i))
			own.given[i] = NULL;
	rc = query_start(d, &report, &own, &rows, e);
	if (!rc)
		rc = put_rows(j, t->name, report.title, rows, e);
	query_end(rows);
	report_release(&report);
	return rc;
}

static int put_tables(struct json *j, const struct database *d,
		      const struct page_table *list, size_t n,
		      const struct query_request *request, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; i < n && !rc; i++)
		rc = put_table(j, d, &list[i], request, e);
	return rc;
}

/* Objects of --base against those of the build. */
static int put_change(struct json *j, const struct database *d,
		      const struct query_request *request, struct err *e)
{
	const struct diff_wish wish = { .by = "object", .rows_only = true };
	struct query_request own = *request;
	struct diff_tables tables;
	struct table_rows table;
	int rc;

	own.limit = -1;
	rc = diff_tables_begin(d, &wish, &own, &tables, e);
	if (!rc)
		rc = diff_tables_next(&tables, &table, e);
	if (rc == 1) {
		rc = put_rows(j, "change", table.title, table.rows, e);
		table.end(table.rows);
	}
	diff_tables_release(&tables);
	return rc;
}

/* The numbers of a report of one row. */
struct counts {
	const char *const *columns; /* ends with NULL */
	int64_t at[2];
};

static int keep_counts(void *ctx, const struct fetched *row, struct err *e)
{
	struct counts *c = ctx;

	(void)e;
	for (size_t i = 0; c->columns[i]; i++)
		c->at[i] = row->number[i];
	return 0;
}

static int read_counts(const struct database *d, const char *name,
		       const struct query_request *request, struct counts *c,
		       struct err *e)
{
	struct fetch f = { .d = d,
			   .report = name,
			   .columns = c->columns,
			   .request = { .limit = -1 },
			   .pick = true };

	f.request.given[PARAM_BUILD] = request->given[PARAM_BUILD];
	return fetch_rows(&f, keep_counts, c, NULL, NULL, e);
}

/* Deep enough that rows are objects; as many steps as of the directories. */
#define OBJECTS "64"
#define STEPS "120"

static const struct page_table of_build[] = {
	{ .name = "build", .report = "page/build", .limit = -1 },
	{ "objects", "footprint", "path:asc", OBJECTS, NULL, -1 },
	{ .name = "symbols", .report = "page/symbols", .limit = -1 },
	{ .name = "ram", .report = "ram", .limit = -1 },
	{ .name = "reconcile", .report = "reconcile", .limit = -1 },
	{ .name = "messages", .report = "oom-printk", .limit = 5000 },
	{ .name = "modules", .report = "modules", .limit = -1 },
	{ .name = "caveats", .report = "caveats", .limit = -1 },
	{ .name = "skipped", .report = "skipped", .limit = 1000 },
	{ .name = "builds", .report = "builds", .limit = 2000 },
};

static const struct page_table of_trace[] = {
	{ .name = "trace", .report = "page/trace", .limit = -1 },
	{ "dynamic", "dynamic", "path:asc", OBJECTS, NULL, -1 },
	{ .name = "sites", .report = "page/sites", .limit = 20000 },
	{ .name = "timeline", .report = "timeline-by-branch", .limit = -1 },
	{ "memory", "timeline", NULL, NULL, STEPS, -1 },
	{ .name = "peak", .report = "peak", .limit = 200 },
	{ .name = "coverage", .report = "coverage", .limit = -1 },
};

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

int html_tables_write(const struct database *d,
		      const struct query_request *request, FILE *out,
		      struct err *e)
{
	struct json j = { .out = out, .buf = BUFFER_INIT };
	struct counts all = { .columns = (const char *const[]){
				      "builds", "traces", NULL } };
	struct counts own = { .columns = (const char *const[]){ "traces",
								NULL } };
	bool traced = request->given[PARAM_TRACE];
	int rc = read_counts(d, "page/all", request, &all, e);

	if (!rc && all.at[0])
		rc = read_counts(d, "page/own", request, &own, e);
	/* Without a build, the newest trace of all. */
	traced |= all.at[0] ? own.at[0] > 0 : all.at[1] > 0;
	if (!rc && !all.at[0] && !all.at[1])
		rc = err_set(
			e, ERR_DB,
			"database '%.200s' holds nothing yet: run 'kmemdb audit TREE' first",
			d->path);
	fprintf(out,
		"{\"format\":\"kmemdb-page\",\"version\":1,\"program\":\"%s\",\"tables\":{",
		KMEMDB_VERSION);
	if (!rc && all.at[0])
		rc = put_tables(&j, d, of_build, COUNT(of_build), request, e);
	if (!rc && traced)
		rc = put_tables(&j, d, of_trace, COUNT(of_trace), request, e);
	if (!rc && request->given[PARAM_BASE])
		rc = put_change(&j, d, request, e);
	fputs("}}\n", out);
	buffer_release(&j.buf);
	return rc;
}
