/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `kmemdb query --help`, `kmemdb query` and `kmemdb query NAME --help`
 * print: all of it from the table of options and the heads of the reports.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stdio.h>

#include "query/catalogue.h"
#include "query/report.h"

/* How to use the command, and every option. */
void help_command(FILE *out);
/* Another command that prints rows: how to use it, paragraphs that NULL ends,
 * and the options it takes, which OPTION_COUNT ends. */
void help_tables(const char *usage, const char *const *paragraphs,
		 const int *takes, FILE *out);
/* Every report, one line each. */
void help_list(const struct catalogue *c, FILE *out);
/* One report: its words, options, columns and terms. */
void help_report(const struct report *r, FILE *out);

#endif
