/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/args.h"
#include "cli/help.h"
#include "cli/listing.h"
#include "commands.h"
#include "render/diag.h"
#include "support/version.h"

typedef int run_command(const struct args *a, struct err *e);

/* NULL where there is none. */
static run_command *find(const char *name)
{
#define COMMAND_ROW(command) { #command, cmd_##command },
	static const struct {
		const char *name;
		run_command *run;
	} commands[] = { COMMANDS(COMMAND_ROW) };

	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return commands[i].run;
	return NULL;
}

/* A result that could not be written is no result: a full disk under
 * "> file" shows only when the buffer is flushed.  A closed pipe is the
 * reader's wish (| head). */
static int finish(int code)
{
	bool failed = ferror(stdout) != 0;

	errno = 0;
	if (fflush(stdout) != 0 || failed) {
		if (errno == EPIPE)
			return code;
		diag("kmemdb: cannot write to standard output%s%s\n",
		     errno ? ": " : "", errno ? strerror(errno) : "");
		return EXIT_TROUBLE;
	}
	return code;
}

/* The program's own options. */
static int run_program(int argc, char **argv, struct err *e)
{
	struct args a;
	int rc = args_read(&program_row, argc, argv, &a, e);

	if (rc)
		return rc;
	if (a.given[OPTION_HELP])
		return help_for(&a, e);
	if (a.given[OPTION_LIST_OPTIONS])
		return listing_print(e);
	if (a.given[OPTION_VERSION]) {
		printf("kmemdb %s\n", KMEMDB_VERSION);
		return EXIT_DONE;
	}
	return args_usage(&a, e, "no command named");
}

static int run(int argc, char **argv, struct err *e)
{
	const struct command_info *c;
	run_command *command;
	struct args a;
	int rc;

	if (argv[1][0] == '-')
		return run_program(argc, argv, e);
	if (strcmp(argv[1], "help") == 0) {
		help_program(stdout);
		return EXIT_DONE;
	}
	c = command_find(argv[1]);
	command = find(argv[1]);
	if (!c || !command)
		return err_set(
			e, ERR_USAGE,
			"unknown command '%.100s': 'kmemdb --help' lists them",
			argv[1]);
	rc = args_read(c, argc - 1, argv + 1, &a, e);
	if (rc)
		return rc;
	return a.given[OPTION_HELP] ? help_for(&a, e) : command(&a, e);
}

int main(int argc, char **argv)
{
	struct err e = { ERR_NONE, "" };
	int r;

	if (argc < 2) {
		help_program(stderr);
		return EXIT_USAGE;
	}
	r = run(argc, argv, &e);
	if (r < 0) {
		diag("kmemdb: %s\n",
		     e.code ? e.text
			    : "internal error: a step failed without a message: please report it");
		r = err_exit_code(&e);
	}
	return finish(r);
}
