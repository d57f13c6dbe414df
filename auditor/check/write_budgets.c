/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/write_budgets.h"

#include "check/budgets.h"
#include "check/check.h"

static int put_lines(const struct check *c, FILE *out, struct err *e)
{
	const struct binding bindings[] = {
		{ ":build", NULL, &c->sides.build },
		{ NULL, NULL, NULL },
	};
	sqlite3_stmt *st;
	int rc = database_prepare(c->d, "check-write", bindings, &st, e);

	if (rc)
		return rc;
	while ((rc = database_step(c->d, st, e)) == 1)
		fprintf(out, "%s\n", (const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
	return rc;
}

int write_budgets(const struct database *d, const char *build, FILE *out,
		  struct err *e)
{
	struct budgets none = { .nbudgets = 0 };
	const struct check_request request = { .build = build,
					       .no_base = true };
	struct check c;
	int rc = check_prepare(d, &none, &request, &c, e);

	if (rc == 0)
		rc = put_lines(&c, out, e);
	check_release(&c);
	budgets_release(&none);
	return rc;
}
