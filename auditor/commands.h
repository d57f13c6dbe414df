/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The commands, one thin file each (cmd_*.c), and what main.c tells them.
 * A command returns an exit code of DESIGN section 2, or a negative error
 * with *e filled; main.c prints it.  Talk goes to stderr, results to stdout.
 */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "support/err.h"

enum exit_code {
	EXIT_DONE = 0,
	EXIT_SKIPPED = 1, /* done, but something was skipped */
	EXIT_USAGE = 2,
	EXIT_TROUBLE = 3, /* I/O, database or format */
	EXIT_CHECK = 4,	  /* a budget is broken */
};

int cmd_audit(int argc, char **argv, struct err *e);
int cmd_import(int argc, char **argv, struct err *e);
int cmd_query(int argc, char **argv, struct err *e);
int cmd_list(int argc, char **argv, struct err *e);
int cmd_show(int argc, char **argv, struct err *e);
int cmd_sql(int argc, char **argv, struct err *e);

#endif
