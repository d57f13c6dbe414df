/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The commands, one thin file each (cmd_*.c): from options to one call of a
 * room to a summary.  A command gets its command line read, without --help.
 * It returns an exit code, or a negative error with *e filled; main.c prints
 * it.  Messages go to stderr, results to stdout.
 */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "cli/args.h"
#include "support/err.h"

enum exit_code {
	EXIT_DONE = 0,
	EXIT_SKIPPED = 1, /* done, but something was skipped */
	EXIT_USAGE = 2,
	EXIT_TROUBLE = 3, /* I/O, database or format */
	EXIT_CHECK = 4,	  /* a budget is broken */
};

/* A new command: its name here, a row in cli/command_table.c, cmd_NAME.c. */
#define COMMANDS(X)                                                            \
	X(audit)                                                               \
	X(import)                                                              \
	X(html)                                                                \
	X(top)                                                                 \
	X(plot)                                                                \
	X(diff)                                                                \
	X(check)                                                               \
	X(log)                                                                 \
	X(blame)                                                               \
	X(base)                                                                \
	X(query)                                                               \
	X(list)                                                                \
	X(forget)                                                              \
	X(prune)                                                               \
	X(export)                                                              \
	X(merge)                                                               \
	X(show)                                                                \
	X(sql)

#define COMMAND_DECLARATION(name)                                              \
	int cmd_##name(const struct args *a, struct err *e);
COMMANDS(COMMAND_DECLARATION)
#undef COMMAND_DECLARATION

#endif
