/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "query/catalogue.h"
#include "query/database.h"
#include "query/help.h"
#include "query/options.h"
#include "query/run.h"
#include "render/escape.h"
#include "render/output.h"
#include "render/render.h"

/* Rows of a table on a terminal, where --limit says nothing. */
#define TERMINAL_LIMIT 20

struct query_plan {
	struct query_request request;
	struct render_options render;
	bool limited; /* --limit was given */
};

static int read_limit(const char *words, uint64_t *ret, struct err *e)
{
	unsigned long long n;
	char *end;

	errno = 0;
	n = strtoull(words, &end, 10);
	if (*words < '0' || *words > '9' || *end || errno || n > INT64_MAX)
		return err_set(e, ERR_USAGE,
			       "'%.40s' is no limit: give a "
			       "number of rows, 0 for all",
			       words);
	*ret = n;
	return 0;
}

static int make_plan(const struct query_words *w, struct query_plan *ret,
		     struct err *e)
{
	struct query_plan p = { .request.limit = -1 };
	const char *format = w->given[OPTION_FORMAT];
	const char *limit = w->given[OPTION_LIMIT];
	int rc = 0;

	memcpy(p.request.given, w->given, sizeof(p.request.given));
	p.request.order_by = w->given[OPTION_ORDER_BY];
	p.render.exact = w->given[OPTION_BYTES];
	if (format)
		p.render.format = render_format_find(format);
	if (p.render.format == FORMAT_COUNT)
		return err_set(e, ERR_USAGE,
			       "no format '%.40s': there are "
			       "table, csv, tsv, json, md and account",
			       format);
	p.limited = limit;
	if (limit)
		rc = read_limit(limit, &p.render.limit, e);
	if (!rc)
		*ret = p;
	return rc;
}

/* The rest of the plan depends on where the result goes. */
static void aim(struct query_plan *p, const struct output *o)
{
	p->render.out = o->file;
	p->render.terminal = o->terminal;
	p->render.width = o->width;
	if (!p->limited && o->terminal && p->render.format == FORMAT_TABLE)
		p->render.limit = TERMINAL_LIMIT;
	/* Without sums nobody needs to see the rest of the rows. */
	if (p->render.limit && !render_sums(p->render.format))
		p->request.limit = (int64_t)p->render.limit;
}

/* The lines of the report's footer; names in them may be anybody's. */
static void say(const char *lines)
{
	struct buffer b = BUFFER_INIT;

	for (size_t len; *lines; lines += len + (lines[len] == '\n')) {
		len = strcspn(lines, "\n");
		text_for_terminal(&b, lines, len);
		buffer_char(&b, '\n');
	}
	if (!b.failed && b.len)
		fwrite(b.at, 1, b.len, stderr);
	buffer_release(&b);
}

/* What is no result, but helps to read it. */
static void remark(const struct report *r, const struct render_result *res,
		   const char *footer)
{
	if (!res->rows)
		fprintf(stderr, "%s\n", *r->empty ? r->empty : "no rows");
	if (res->rows > res->shown)
		fprintf(stderr,
			"%llu of %llu rows shown%s; --limit 0 shows "
			"all\n",
			(unsigned long long)res->shown,
			(unsigned long long)res->rows,
			res->summed ? ", sums are over all" : "");
	if (res->hidden_columns)
		fprintf(stderr,
			"%zu more columns do not fit the terminal; "
			"-o FILE or --format csv shows them\n",
			res->hidden_columns);
	say(footer);
}

/* The footer of what was shown; the caller frees it. */
static int read_footer(struct rows *rows, char **ret, struct err *e)
{
	const char *lines;
	int rc = query_footer(rows, &lines, e);

	if (rc)
		return rc;
	*ret = strdup(lines);
	return *ret ? 0 : err_set(e, ERR_NOMEM, "out of memory");
}

static int show(const struct database *d, const struct report *r,
		struct query_plan *p, struct output *o,
		struct render_result *ret, char **ret_footer, struct err *e)
{
	struct rows *rows;
	int rc;

	aim(p, o);
	rc = query_start(d, r, &p->request, &rows, e);
	if (rc)
		return rc;
	rc = render_rows(rows, &p->render, ret, e);
	if (!rc)
		rc = read_footer(rows, ret_footer, e);
	query_end(rows);
	return ret->broken_pipe ? 0 : rc;
}

static int run(const struct report *r, const struct query_words *w,
	       struct query_plan *p, struct err *e)
{
	const char *path = w->given[OPTION_DB];
	struct render_result result = { .rows = 0 };
	struct database *d;
	struct output o;
	char *footer = NULL;
	int rc;

	if (!path)
		path = getenv("KMEMDB");
	if (!path || !*path)
		path = "kmem.db";
	rc = database_open(path, &d, e);
	if (rc)
		return rc;
	rc = output_open(w->given[OPTION_OUTPUT], &o, e);
	if (!rc) {
		rc = show(d, r, p, &o, &result, &footer, e);
		if (rc || result.broken_pipe)
			output_discard(&o);
		else
			rc = output_commit(&o, e);
	}
	database_close(d);
	if (!rc && !result.broken_pipe)
		remark(r, &result, footer);
	free(footer);
	return rc;
}

/* account is the layout of a few reports. */
static int check_format(const struct catalogue *c, const struct report *r,
			enum render_format format, struct err *e)
{
	char fitting[400];
	size_t used = 0;

	/* The columns of a user's file are known when it runs. */
	if (!r->builtin || render_format_fits(format, r->columns, r->ncolumns))
		return 0;
	fitting[0] = '\0';
	for (size_t i = 0; i < c->nreports && used < sizeof(fitting); i++) {
		const struct report *o = &c->reports[i];

		if (render_format_fits(format, o->columns, o->ncolumns))
			used += (size_t)snprintf(fitting + used,
						 sizeof(fitting) - used, "%s%s",
						 used ? ", " : "", o->name);
	}
	return err_set(e, ERR_USAGE,
		       "report '%s' has no --format account: the ones that do "
		       "are %s",
		       r->name, fitting);
}

/* A built-in report takes the options it lists; of a user's file the
 * statement itself tells, when it is prepared. */
static int check_options(const struct catalogue *c, const struct report *r,
			 const struct query_words *w, struct err *e)
{
	char takers[400];

	for (int i = 0; i < PARAM_COUNT && r->builtin; i++) {
		if (!w->given[i] || report_find_param(r, (enum query_param)i))
			continue;
		catalogue_takers(c, (enum query_param)i, takers,
				 sizeof(takers));
		return err_set(e, ERR_USAGE,
			       "report '%s' takes no --%s: the "
			       "ones that do are %s",
			       r->name, query_options[i].name,
			       *takers ? takers : "not in this version");
	}
	return 0;
}

static int help(const struct catalogue *c, const struct report *r,
		const struct query_words *w, struct err *e)
{
	struct output o;
	int rc = output_open(NULL, &o, e);

	if (rc)
		return rc;
	if (r)
		help_report(r, o.file);
	else if (w->given[OPTION_HELP])
		help_command(o.file);
	else
		help_list(c, o.file);
	return output_commit(&o, e);
}

/* Without a report only --help and --db make sense. */
static int check_bare(const struct query_words *w, struct err *e)
{
	for (int i = 0; i < OPTION_COUNT; i++) {
		if (w->given[i] && i != OPTION_HELP && i != OPTION_DB)
			return err_set(e, ERR_USAGE,
				       "--%s needs a report: "
				       "'kmemdb query' lists them",
				       query_options[i].name);
	}
	return 0;
}

static int dispatch(const struct catalogue *c, const struct report *r,
		    const struct query_words *w, struct err *e)
{
	struct query_plan p;
	int rc;

	if (!r) {
		rc = w->given[OPTION_HELP] ? 0 : check_bare(w, e);
		return rc ? rc : help(c, NULL, w, e);
	}
	if (w->given[OPTION_HELP])
		return help(c, r, w, e);
	rc = check_options(c, r, w, e);
	if (!rc)
		rc = make_plan(w, &p, e);
	if (!rc)
		rc = check_format(c, r, p.render.format, e);
	return rc ? rc : run(r, w, &p, e);
}

int cmd_query(int argc, char **argv, struct err *e)
{
	struct report own = { .name = NULL };
	const struct report *r = NULL;
	struct catalogue c;
	struct query_words w;
	int rc = query_words_read(argc, argv, &w, e);

	/* Tables must know how wide a character is. */
	setlocale(LC_CTYPE, "");
	if (!rc)
		rc = catalogue_read(&c, e);
	if (rc)
		return rc;
	if (w.given[OPTION_FILE]) {
		rc = catalogue_load(w.given[OPTION_FILE], &own, e);
		r = &own;
	} else if (w.report) {
		rc = catalogue_find(&c, w.report, &r, e);
	}
	if (!rc)
		rc = dispatch(&c, r, &w, e);
	report_release(&own);
	catalogue_release(&c);
	return rc;
}
