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
/* Every report, one line each. */
void help_list(const struct catalogue *c, FILE *out);
/* One report: its title, options, columns and terms. */
void help_report(const struct command_info *c, const struct report *r,
		 FILE *out);

/* One check: what its rows are, its threshold and its columns. */
void help_check(const struct report *r, FILE *out);

/* What the option is for and which values it takes, in one line; cut to
 * fit. */
#define HELP_WORDS_MAX 512
void help_option_words(const struct option_info *o, const char *help,
		       char ret[HELP_WORDS_MAX]);
/* The same of a report's parameter, with the default that holds there. */
void help_param_words(const struct report_param *p, char ret[HELP_WORDS_MAX]);
/* How tables show numbers. */
extern const char help_numbers[];
/* How to run the command: line number n from 0, or false. */
bool help_usage_line(const struct command_info *c, size_t n, char *ret,
		     size_t size);
/* A paragraph that follows a command's own, or false; n from 0. */
bool help_own_reports(const struct command_info *c, char *ret, size_t size);

#endif
