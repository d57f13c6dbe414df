/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the pages of help are made of.
 */
#ifndef CLI_HELP_PARTS_H
#define CLI_HELP_PARTS_H

#include <stdio.h>

#include "cli/args.h"
#include "cli/command_table.h"
#include "query/report.h"

/* Prints words from column indent on, in lines; this one is at column at. */
void help_fill(FILE *out, const char *words, int at, int indent);
/* "  left    right words", on two lines where left is long. */
void help_pair(FILE *out, const char *left, int width, const char *right);

void help_option(FILE *out, const struct option_info *o, const char *help);
/* The options from id first up to end that the command takes; report is NULL,
 * or what runs. */
void help_options(FILE *out, const struct command_info *c, int first, int end,
		  const struct report *report);
/* How tables show numbers, under a heading. */
void help_terms(FILE *out);

/* What the option is for and which values it takes, in one line; cut to
 * fit. */
#define HELP_WORDS_MAX 512
void help_option_words(const struct option_info *o, const char *help,
		       char ret[HELP_WORDS_MAX]);
/* The same of a report's parameter, with the default that holds there. */
void help_param_words(const struct report_param *p, char ret[HELP_WORDS_MAX]);
/* How tables show numbers. */
extern const char help_numbers[];

#endif
