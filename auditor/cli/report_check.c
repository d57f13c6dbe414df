/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_check.h"

#include <stdio.h>

#include "render/render.h"

/* account is the layout of a few reports. */
static int check_format(const struct args *a, const struct catalogue *c,
			const struct report *r, struct err *e)
{
	const char *name = a->given[OPTION_REPORT_FORMAT];
	enum render_format format;
	char fitting[400];
	size_t used = 0;

	if (!name)
		return 0;
	format = render_format_find(name);
	if (format == FORMAT_COUNT ||
	    render_format_fits(format, r->columns, r->ncolumns))
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
		"report '%s' has no --format %s: the ones that do are %s",
		r->name, name, fitting);
}

static int check_params(const struct args *a, const struct catalogue *c,
			const struct report *r, struct err *e)
{
	char takers[400];

	for (int i = 0; i < PARAM_COUNT; i++) {
		if (!a->given[i] || report_find_param(r, (enum query_param)i))
			continue;
		catalogue_takers(c, (enum query_param)i, takers,
				 sizeof(takers));
		return err_set(
			e, ERR_USAGE,
			"report '%s' takes no --%s: the ones that do are %s",
			r->name, query_params[i].option,
			*takers ? takers : "not in this version");
	}
	return 0;
}

int report_check(const struct args *a, const struct catalogue *c,
		 const struct report *r, struct err *e)
{
	int rc;

	/* What a user's file takes, its statement tells when it is prepared. */
	if (!r->builtin)
		return 0;
	rc = check_params(a, c, r, e);
	return rc ? rc : check_format(a, c, r, e);
}

/* The list of the reports is printed as rows are. */
static bool means_list(int option)
{
	static const int takes[] = { OPTION_DB,	    OPTION_REPORT_FORMAT,
				     OPTION_OUTPUT, OPTION_LIMIT,
				     OPTION_WIDE,   OPTION_WIDTH };

	for (size_t i = 0; i < sizeof(takes) / sizeof(*takes); i++) {
		if (takes[i] == option)
			return true;
	}
	return false;
}

int report_check_none(const struct args *a, struct err *e)
{
	for (int i = 0; i < OPTION_COUNT; i++) {
		if (a->given[i] && !means_list(i))
			return args_usage(a, e, "option '--%s' needs a report",
					  option_table[i].name);
	}
	return 0;
}
