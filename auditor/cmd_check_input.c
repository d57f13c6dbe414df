/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd_check_input.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/text_file.h"

#define DEFAULT_FILE "kmemdb.budgets"
#define TRAILER "Footprint"
#define MESSAGE_MAX ((size_t)1 << 20)

const char *check_budget_file(const struct args *a)
{
	return a->given[OPTION_BUDGETS] ? a->given[OPTION_BUDGETS]
					: DEFAULT_FILE;
}

/* The reason that the user gives, or the commits between the builds. */
int check_read_trailers(const struct args *a, const struct check *c,
			struct git_trailers *ret, struct err *e)
{
	const char *source = a->given[OPTION_TRAILER_SOURCE];
	char *text = NULL;
	int rc;

	*ret = (struct git_trailers){ .found = a->given[OPTION_TRAILER] };
	if (ret->found) {
		snprintf(ret->text, sizeof(ret->text), "%s",
			 a->given[OPTION_TRAILER]);
		return 0;
	}
	if (a->given[OPTION_MESSAGE]) {
		rc = text_file_read(a->given[OPTION_MESSAGE], MESSAGE_MAX,
				    "commit message: it is too long", &text, e);
		if (rc == 0)
			rc = git_trailers_of(text, TRAILER, ret, e);
		free(text);
		return rc;
	}
	/* Only where growth is judged is there something to excuse. */
	if (!c->commit || c->terms.no_base)
		return 0;
	return git_trailers_read(source ? source : c->source, c->commit,
				 c->base_commit, TRAILER, ret, e);
}

/* Where there is no file, and none was asked for, one of the user's own
 * queries will do. */
int check_read_budgets(const struct args *a, struct budgets *ret, struct err *e)
{
	const char *file = check_budget_file(a);
	bool named = a->given[OPTION_BUDGETS];
	char *text = NULL;
	int rc = 0;

	if (!named && access(file, F_OK) != 0) {
		if (!a->given[OPTION_CHECK_FILE])
			return args_usage(
				a, e,
				"there is no '%s' here: --write makes it, --budgets names another",
				file);
		return budgets_parse("", ret, e);
	}
	rc = text_file_read(file, BUDGETS_FILE_MAX,
			    "budget file: it should be a short text", &text, e);
	if (rc == 0)
		rc = budgets_parse(text, ret, e);
	free(text);
	return rc;
}
