/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every command, one row each: what it is called, what it takes, and what its
 * help says.  A new command is a row in command_table.c, its name in
 * auditor/commands.h, and its cmd_NAME.c.
 */
#ifndef CLI_COMMAND_TABLE_H
#define CLI_COMMAND_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/options.h"

#define OPERANDS_MAX 3

/* What is on the command line besides options. */
struct operand_info {
	const char *name; /* as help shows it: "TREE" */
	enum value_kind kind;
	const char *values;  /* words, a blank between; NULL: anything */
	const char *missing; /* what to say; NULL: it may be left out */
	bool many;	     /* the last one: it may be repeated */
};

struct exit_info {
	int code;
	const char *when;
};

struct command_info {
	const char *name;
	const char *summary;
	struct operand_info operands[OPERANDS_MAX]; /* name NULL ends */
	const char *const *more_usage; /* after "kmemdb NAME "; NULL: none */
	const char *const *paragraphs; /* NULL ends */
	const int *takes; /* options besides --help; OPTION_COUNT ends */
	bool params;	  /* takes every parameter of reports, too */
	const struct exit_info *exits; /* besides 0; when NULL ends */
};

/* name NULL ends. */
extern const struct command_info command_table[];
/* The program without a command; its name is "". */
extern const struct command_info program_row;

/* NULL where there is none. */
const struct command_info *command_find(const char *name);

/* Does it take the option? */
bool command_takes(const struct command_info *c, int option);

/* "kmemdb audit", or "kmemdb" of the program itself, into ret. */
#define COMMAND_WORDS_MAX 64
const char *command_words(const struct command_info *c,
			  char ret[COMMAND_WORDS_MAX]);

#endif
