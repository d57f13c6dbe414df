/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What log and blame have in common: one report of sql/history as the result.
 */
#ifndef CLI_HISTORY_OUTPUT_H
#define CLI_HISTORY_OUTPUT_H

#include "cli/args.h"
#include "cli/report_output.h"
#include "query/database.h"
#include "query/param.h"
#include "support/err.h"

/* Prints the rows of report name with the command line's --order-by.  given:
 * the report's parameters, or NULL for none.  Errors are those of
 * history_report_start and tables_put. */
int tables_put_history(struct tables *t, const struct database *d,
		       const char *name, const struct args *a,
		       const char *const given[PARAM_COUNT], struct err *e);

#endif
