/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Does a report take what the command line gives it?
 */
#ifndef CLI_REPORT_CHECK_H
#define CLI_REPORT_CHECK_H

#include "cli/args.h"
#include "query/catalogue.h"
#include "query/report.h"
#include "support/err.h"

/* ERR_USAGE, with the reports that do, where it has not the parameter or the
 * columns that an option asks for. */
int report_check(const struct args *a, const struct catalogue *c,
		 const struct report *r, struct err *e);

/* ERR_USAGE where an option is given that means nothing without a report. */
int report_check_none(const struct args *a, struct err *e);

#endif
