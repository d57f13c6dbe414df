/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What kmemdb check prints: a sentence, and the tables that explain it.
 */
#ifndef CLI_CHECK_OUTPUT_H
#define CLI_CHECK_OUTPUT_H

#include "check/check.h"
#include "cli/args.h"
#include "cli/report_output.h"
#include "support/err.h"

/* Of a check that has run, in the format of t; note: what is to be known of
 * the trailers, or "". */
int check_put(struct check *c, struct tables *t, const char *note,
	      struct err *e);

/* On stderr: each line of the budget file that is wrong.  ERR_FORMAT where
 * there are any. */
int check_complaints(const struct budgets *b, const char *file, struct err *e);

/* The checks of the program, a line each; or all about the one that is named
 * as operand. */
int check_list(const struct args *a, struct err *e);

#endif
