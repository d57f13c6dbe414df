/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `kmemdb sql`: statements and the shell's own commands, from the command
 * line or from standard input, whose rows are tables of one result.
 */
#ifndef CLI_SQL_SHELL_H
#define CLI_SQL_SHELL_H

#include <stdbool.h>

#include "cli/report_output.h"
#include "query/database.h"
#include "support/err.h"

/* A word that begins with a dot is for this program, not for SQLite, and
 * needs no database. */
bool sql_shell_is_dot(const char *statement);

/*
 * Runs statement; NULL: what standard input holds, which on a terminal is
 * asked for line by line.  There an error, or a Ctrl-C, ends the statement,
 * not the shell.
 */
int sql_shell_run(const struct database *d, struct tables *t,
		  const char *statement, struct err *e);

#endif
