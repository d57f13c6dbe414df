/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * --help of the program, of each command and of each report: all of it from
 * the tables of options and commands and the heads of the reports.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include <stddef.h>
#include <stdio.h>

#include "cli/args.h"
#include "query/catalogue.h"
#include "query/report.h"

/* What --help of the command line says, to standard output: of the report
 * that it names, else of its command. */
int help_for(const struct args *a, struct err *e);

/* The program: every command, one line each. */
void help_program(FILE *out);
/* How to use a command, and every option that it takes. */
void help_command(const struct command_info *c, FILE *out);
/* How to run the command: line number n from 0, or false. */
bool help_usage_line(const struct command_info *c, size_t n, char *ret,
		     size_t size);
/* A paragraph that follows a command's own, or false; n from 0. */
bool help_own_reports(const struct command_info *c, char *ret, size_t size);

#endif
