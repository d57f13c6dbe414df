/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Help of reports and checks, from their heads.
 */
#ifndef CLI_HELP_REPORT_H
#define CLI_HELP_REPORT_H

#include <stdio.h>

#include "cli/command_table.h"
#include "query/catalogue.h"
#include "query/report.h"

/* Every report, one line each, under the headings of their groups. */
void help_list(const struct catalogue *c, FILE *out);
/* One report: its title, options, columns, terms, and which of the others to
 * look at next. */
void help_report(const struct command_info *c, const struct catalogue *all,
		 const struct report *r, FILE *out);

/* One check: what its rows are, its threshold and its columns. */
void help_check(const struct report *r, FILE *out);

#endif
