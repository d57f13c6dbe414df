/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What kmemdb check reads besides the database: the budget file, and why a
 * growth is meant.
 */
#ifndef CMD_CHECK_INPUT_H
#define CMD_CHECK_INPUT_H

#include "check/check.h"
#include "cli/args.h"
#include "kbuild/git_trailers.h"
#include "support/err.h"

/* As --budgets names it. */
const char *check_budget_file(const struct args *a);

/* Where there is none, and none was asked for, a query of the user's own will
 * do; else ERR_USAGE. */
int check_read_budgets(const struct args *a, struct budgets *ret,
		       struct err *e);

/* The reason that the user gives, else those of the message that he names,
 * else those of the commits between the builds. */
int check_read_trailers(const struct args *a, const struct check *c,
			struct git_trailers *ret, struct err *e);

#endif
