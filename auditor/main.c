/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "render/diag.h"
#include "support/version.h"

struct command {
	const char *name;
	const char *help;
	int (*run)(int argc, char **argv, struct err *e);
};

/* Dispatch, help and completion all read this table. */
static const struct command commands[] = {
	{ "audit", "measure a built kernel tree", cmd_audit },
	{ "import", "load a kmem trace next to a build", cmd_import },
	{ "query", "run a canned report; alone: list them", cmd_query },
	{ "list", "the builds and traces of the database", cmd_list },
	{ "show", "everything about one object or symbol", cmd_show },
	{ "sql", "ask the database in SQL, read-only", cmd_sql },
};

#define NCOMMANDS (sizeof(commands) / sizeof(*commands))

static void print_help(FILE *f)
{
	fputs("usage: kmemdb COMMAND [OPTIONS]\n"
	      "\n"
	      "What every part of a Linux kernel costs in memory: from its built\n"
	      "tree and from traces of its allocations, in one SQLite file.\n"
	      "\n",
	      f);
	for (size_t i = 0; i < NCOMMANDS; i++)
		fprintf(f, "  %-8s %s\n", commands[i].name, commands[i].help);
	fputs("\nkmemdb COMMAND --help says more. Database: --db FILE, else\n"
	      "$KMEMDB, else kmem.db.\n",
	      f);
}

static const struct command *find(const char *name)
{
	for (size_t i = 0; i < NCOMMANDS; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

/* A result that could not be written is no result: a full disk behind
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

int main(int argc, char **argv)
{
	struct err e = { ERR_NONE, "" };
	const struct command *c;
	int r;

	if (argc < 2) {
		print_help(stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0) {
		print_help(stdout);
		return finish(EXIT_DONE);
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("kmemdb %s\n", KMEMDB_VERSION);
		return finish(EXIT_DONE);
	}
	c = find(argv[1]);
	if (!c) {
		diag("kmemdb: no command '%s': kmemdb --help lists them\n",
		     argv[1]);
		return EXIT_USAGE;
	}
	r = c->run(argc - 1, argv + 1, &e);
	if (r < 0) {
		diag("kmemdb: %s\n",
		     e.code ? e.text
			    : "internal error: a step failed without a word: please report it");
		r = err_exit_code(&e);
	}
	return finish(r);
}
