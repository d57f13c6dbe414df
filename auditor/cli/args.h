/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A command line, read by the tables of options and commands.
 *
 * --option=value, --option value, -jN, -j N, clusters of letters without
 * values (-qh), -- and - are understood; options may come after operands.
 * Names are never abbreviated: scripts that did would break with the next
 * option.  Every error is ERR_USAGE, and ends with the command whose help
 * tells more.
 */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include <stddef.h>
#include <stdint.h>

#include "cli/command_table.h"
#include "support/err.h"

struct args {
	const struct command_info *command;
	/* By option: its value, "1" where it takes none, NULL: not given. */
	const char *given[OPTION_COUNT];
	/* NULL-terminated; they lie in argv. */
	const char *const *operands;
	size_t noperands;
};

/*
 * argv[0] is the command's name; operands are moved to its front.  Values and
 * operands are checked against the tables, but not beside --help: whoever
 * asks for help may have the rest wrong.
 */
int args_read(const struct command_info *c, int argc, char **argv,
	      struct args *ret, struct err *e);

/* The first operand, or NULL. */
const char *args_operand(const struct args *a);

/* The value of an option of VALUE_NUMBER, or fallback where it is not given. */
uint64_t args_number(const struct args *a, int option, uint64_t fallback);

/* The database: --db, else $KMEMDB, else kmem.db.  ERR_USAGE where it names
 * no file: "", ":memory:" and URIs, which SQLite would open as something
 * else. */
int args_database(const struct args *a, const char **ret, struct err *e);

/* Fills *e with "MESSAGE: 'kmemdb COMMAND --help' tells more". */
int args_usage(const struct args *a, struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* "a, b or c" of a row's values, into ret; cut to fit. */
void values_in_words(const char *values, char *ret, size_t size);

#endif
