/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "cli/report_output.h"
#include "commands.h"
#include "query/catalogue.h"
#include "query/database.h"
#include "cli/help.h"
#include "cli/options.h"
#include "query/run.h"
#include "render/output.h"
#include "render/render.h"

static int run_report(const struct database *d, const struct report *r,
		      const struct query_words *w, struct tables *t,
		      struct err *e)
{
	const struct table_words words = { .empty = r->empty };
	struct query_request request = { .limit = -1 };
	const char *footer;
	struct rows *rows;
	int rc;

	memcpy(request.given, w->given, sizeof(request.given));
	request.order_by = w->given[OPTION_ORDER_BY];
	/* Without sums nobody needs to see the rest of the rows. */
	if (t->render.limit && !render_sums(t->render.format))
		request.limit = (int64_t)t->render.limit;
	rc = query_start(d, r, &request, &rows, e);
	if (rc)
		return rc;
	rc = tables_put(t, &words, rows, e);
	if (!rc)
		rc = query_footer(rows, &footer, e);
	if (!rc)
		tables_say(t, footer);
	query_end(rows);
	return rc;
}

static int run(const struct report *r, const struct query_words *w,
	       struct tables *t, struct err *e)
{
	struct database *d;
	int rc = database_open(tables_database(w), &d, e);

	if (rc)
		return rc;
	rc = tables_open(t, w->given[OPTION_OUTPUT], e);
	if (!rc) {
		rc = run_report(d, r, w, t, e);
		if (rc)
			tables_drop(t);
		else
			rc = tables_close(t, e);
	}
	database_close(d);
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
	return err_set(
		e, ERR_USAGE,
		"report '%s' has no --format account: the ones that do are %s",
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
		return err_set(
			e, ERR_USAGE,
			"report '%s' takes no --%s: the ones that do are %s",
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
			return err_set(
				e, ERR_USAGE,
				"--%s needs a report: 'kmemdb query' lists them",
				query_options[i].name);
	}
	return 0;
}

static int dispatch(const struct catalogue *c, const struct report *r,
		    const struct query_words *w, struct err *e)
{
	struct tables t;
	int rc;

	if (!r) {
		rc = w->given[OPTION_HELP] ? 0 : check_bare(w, e);
		return rc ? rc : help(c, NULL, w, e);
	}
	if (w->given[OPTION_HELP])
		return help(c, r, w, e);
	rc = check_options(c, r, w, e);
	if (!rc)
		rc = tables_read(w, &t, e);
	if (!rc)
		rc = check_format(c, r, t.render.format, e);
	return rc ? rc : run(r, w, &t, e);
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
