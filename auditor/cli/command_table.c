/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command_table.h"

#include <stdio.h>
#include <string.h>

#define TEXTS(...)                                                             \
	(const char *const[])                                                  \
	{                                                                      \
		__VA_ARGS__, NULL                                              \
	}
#define TAKES(...)                                                             \
	(const int[])                                                          \
	{                                                                      \
		__VA_ARGS__, OPTION_COUNT                                      \
	}
#define EXITS(...)                                                             \
	(const struct exit_info[])                                             \
	{                                                                      \
		__VA_ARGS__,                                                   \
		{                                                              \
			0, NULL                                                \
		}                                                              \
	}

#define USAGE_EXIT                                                             \
	{                                                                      \
		2, "usage: a word of the command line is wrong"                \
	}
/* Of the commands that only read. */
#define READ_EXIT                                                                                     \
	{                                                                                             \
		3, "the database cannot be read, the result cannot be written, or it was interrupted" \
	}

/* A row is read as a table. */
/* clang-format off */
const struct command_info command_table[] = {
	{
		.name = "audit",
		.summary = "measure a built kernel tree",
		.operands = {
			{ "TREE", VALUE_DIRECTORY, NULL, "no tree named, as in kmemdb audit TREE, where TREE holds the built vmlinux", false },
		},
		.paragraphs = TEXTS(
			"Measures every object of a built kernel tree (in-tree, or an O= output directory) into the database. The same build again replaces its numbers; another commit, configuration or label adds a build.",
			"TREE may also be a directory of modules (.ko, .ko.xz, .ko.zst, .ko.gz), or a vmlinux or module on its own: then each linked file is one object."),
		.takes = TAKES(OPTION_DB, OPTION_BUILD_LABEL, OPTION_COMMIT, OPTION_FULL, OPTION_VERIFY, OPTION_NO_MESSAGES, OPTION_JOBS, OPTION_QUIET),
		.exits = EXITS(
			{ 1, "done, but something was skipped ('kmemdb query skipped' lists it), or --verify found a difference" },
			USAGE_EXIT,
			{ 3, "the tree or the database cannot be used" }),
	},
	{
		.name = "import",
		.summary = "load a kmem trace next to a build",
		.operands = {
			{ "LOG", VALUE_FILE, NULL, "no log named, as in kmemdb import LOG, where LOG is a kmem trace", false },
		},
		.paragraphs = TEXTS(
			"Loads a kmem trace into the database and joins its call sites with an audited build. LOG is the text of trace or trace_pipe, of trace-cmd report or perf script, a trace.dat, or the tar that scripts/capture.sh made; compressed or not; - is standard input."),
		.takes = TAKES(OPTION_DB, OPTION_TRACED_BUILD, OPTION_TRACE_LABEL, OPTION_KALLSYMS, OPTION_LOG_FORMAT, OPTION_PAGE_SIZE, OPTION_NO_LINES, OPTION_QUIET),
		.exits = EXITS(
			{ 1, "done, but lines could not be read" },
			USAGE_EXIT,
			{ 3, "the log or the database cannot be used" }),
	},
	{
		.name = "query",
		.summary = "run a canned report; alone: list them",
		.operands = {
			{ "REPORT", VALUE_REPORT, NULL, NULL, false },
		},
		.more_usage = TEXTS("[OPTION]... --file FILE", "REPORT --help"),
		.paragraphs = TEXTS(
			"Runs a canned report over the database; alone, lists the reports. REPORT --help tells what its columns mean."),
		.takes = TAKES(OPTION_DB, OPTION_FILE, OPTION_ORDER_BY, OPTION_LIMIT, OPTION_REPORT_FORMAT, OPTION_BYTES, OPTION_DEMANGLE, OPTION_OUTPUT, OPTION_TIMEOUT),
		.params = true,
		.exits = EXITS(USAGE_EXIT, READ_EXIT),
	},
	{
		.name = "diff",
		.summary = "what changed between two builds",
		.operands = {
			{ "BASE", VALUE_BUILD, NULL, "no build named to compare with, as in kmemdb diff v1.0, or kmemdb diff 1 2", false },
			{ "BUILD", VALUE_BUILD, NULL, NULL, false },
		},
		.paragraphs = TEXTS(
			"What BUILD (default: the newest) costs more and less than BASE; each is an id, a label or a (short) commit. First how they were built differently and which options of the configuration changed, then the totals of each image, then the rows that differ, largest growth first.",
			"Rows add up to the image's change, however they are divided: what the link adds and takes (fill, merged strings, what it makes itself) has rows of its own, in parentheses. With --branch they are what the branch has of it.",
			"csv and tsv have the rows alone; json is one object with a key for each table."),
		.takes = TAKES(PARAM_IMAGE, PARAM_BRANCH, PARAM_DEPTH, OPTION_DB, OPTION_BY, OPTION_ORDER_BY, OPTION_LIMIT, OPTION_FORMAT, OPTION_BYTES, OPTION_DEMANGLE, OPTION_OUTPUT, OPTION_TIMEOUT),
		.exits = EXITS(USAGE_EXIT, READ_EXIT),
	},
	{
		.name = "list",
		.summary = "the builds and traces of the database",
		.operands = {
			{ "TABLE", VALUE_WORD, "database builds traces", NULL, false },
		},
		.paragraphs = TEXTS(
			"Lists what the database holds: the file itself, the builds and the traces, newest first; with TABLE, that one alone.",
			"Each is printed under its name; csv and tsv have an empty line between, json is one object with a key for each. The columns of builds and traces are those of the reports of these names."),
		.takes = TAKES(OPTION_DB, OPTION_LIMIT, OPTION_FORMAT, OPTION_BYTES, OPTION_DEMANGLE, OPTION_OUTPUT),
		.exits = EXITS(USAGE_EXIT, READ_EXIT),
	},
	{
		.name = "show",
		.summary = "everything about one object or symbol",
		.operands = {
			{ "OBJECT|SYMBOL", VALUE_WORD, NULL, "nothing named to show, as in kmemdb show fs/open.o, or kmemdb show kfree", false },
		},
		.paragraphs = TEXTS(
			"Everything about one object or one symbol. OBJECT is a path in the tree (fs/open.o, or fs/open.c), or the end of one (open.o). SYMBOL is a function or variable; name means name.isra.0, too, and name+0x1c/0x80 is taken as a trace prints it.",
			"Of an object: what it is, what becomes of it and what it allocates, its sections, its symbols, and its call sites in the trace. Of a symbol: each object that defines it, and its call sites.",
			"Each table is printed under its name; csv and tsv have an empty line between, json is one object with a key for each. The trace is the build's newest."),
		.takes = TAKES(PARAM_BUILD, PARAM_TRACE, OPTION_DB, OPTION_LIMIT, OPTION_FORMAT, OPTION_BYTES, OPTION_DEMANGLE, OPTION_OUTPUT),
		.exits = EXITS(USAGE_EXIT, READ_EXIT),
	},
	{
		.name = "sql",
		.summary = "ask the database in SQL, read-only",
		.operands = {
			{ "STATEMENT", VALUE_WORD, NULL, NULL, false },
		},
		.paragraphs = TEXTS(
			"Runs SQL that reads the database: STATEMENT, else what standard input holds, up to its end; on a terminal it asks for statements, each ended by a semicolon, and Ctrl-C ends the statement that runs. Nothing can be changed.",
			"The views are the public schema: '.tables' lists them, '.schema VIEW' tells what each column means, '.help' and '.quit' are known, too. Besides SQLite's own there are the functions in_branch(path, branch), dir_level(path, branch, depth) and edit_distance(a, b). 'kmemdb query --file' runs a statement with --branch and the other parameters.",
			"Several statements print several tables with an empty line between. Unknown table or column names, and other errors, are SQLite's words, and end with exit code 3."),
		.takes = TAKES(OPTION_DB, OPTION_LIMIT, OPTION_FORMAT, OPTION_BYTES, OPTION_DEMANGLE, OPTION_OUTPUT, OPTION_TIMEOUT),
		.exits = EXITS(USAGE_EXIT, READ_EXIT),
	},
	{ .name = NULL },
};
/* clang-format on */

const struct command_info program_row = {
	.name = "",
	.summary = "what every part of a Linux kernel costs in memory",
	.operands = { { "COMMAND", VALUE_WORD, NULL, NULL, true } },
	.paragraphs = TEXTS(
		"Measures every object of a built kernel tree, loads traces of its memory allocations, joins the two, and answers from one SQLite file: what does each directory, object, function and call site cost, and how much of it is wasted?"),
	.takes = TAKES(OPTION_VERSION, OPTION_LIST_OPTIONS),
	.exits = EXITS({ 1, "done, but something was skipped" }, USAGE_EXIT,
		       { 3, "input, output, database or format" },
		       { 4, "a check failed: a budget is broken" }),
};

const struct command_info *command_find(const char *name)
{
	const struct command_info *c = command_table;

	while (c->name && strcmp(c->name, name) != 0)
		c++;
	return c->name ? c : NULL;
}

bool command_takes(const struct command_info *c, int option)
{
	const int *id = c->takes;

	if (option == OPTION_HELP || (c->params && option < PARAM_COUNT))
		return true;
	while (*id != OPTION_COUNT && *id != option)
		id++;
	return *id != OPTION_COUNT;
}

const char *command_words(const struct command_info *c,
			  char ret[COMMAND_WORDS_MAX])
{
	snprintf(ret, COMMAND_WORDS_MAX, "kmemdb%s%s", *c->name ? " " : "",
		 c->name);
	return ret;
}
