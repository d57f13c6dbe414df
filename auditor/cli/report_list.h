/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reports there are, for people and for programs.
 */
#ifndef CLI_REPORT_LIST_H
#define CLI_REPORT_LIST_H

#include "cli/args.h"
#include "query/catalogue.h"
#include "support/err.h"

/*
 * Prints them under the headings of their groups, or, with --format, as rows:
 * name, group, title and the two to look at next.  ERR_USAGE where an option
 * is given that means nothing without a report.
 */
int report_list(const struct args *a, const struct catalogue *c, struct err *e);

#endif
