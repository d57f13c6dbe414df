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

/* Of the commands that change it. */
#define WRITE_EXIT                                                                                   \
	{                                                                                            \
		3, "a database cannot be read or written, or it was interrupted: nothing is changed" \
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
			"Measures every object of a built kernel tree (in-tree, or an O= output directory) into the database. The same build again replaces its numbers; another commit, configuration or label adds a build, and so do changed sources (dirty): one beside that of the commit, which the next of changed sources replaces.",
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
		.takes = TAKES(OPTION_DB, OPTION_TRACED_BUILD, OPTION_TRACE_LABEL, OPTION_KALLSYMS, OPTION_SLABINFO, OPTION_MODULES, OPTION_VMALLOCINFO, OPTION_LOG_FORMAT, OPTION_PAGE_SIZE, OPTION_NO_LINES, OPTION_MAX_SIZE, OPTION_QUIET),
		.exits = EXITS(
			{ 1, "done, but lines could not be read" },
			USAGE_EXIT,
			{ 3, "the log or the database cannot be used" }),
	},
	{
		.name = "check",
		.summary = "hold a build to its budgets",
		.operands = {
			{ "BUILD", VALUE_BUILD, NULL, NULL, false },
		},
		.more_usage = TEXTS("--write [BUILD]", "--list [CHECK]"),
		.paragraphs = TEXTS(
			"Holds BUILD (default: the newest) to the limits of a budget file, and says what broke, by how much, and which objects and symbols did it. Nothing else is said than what needs a word.",
			"A line of the file is 'image NAME METRIC LIMIT', 'branch DIR METRIC LIMIT' or 'symbol PATTERN METRIC LIMIT'. METRIC is text, data, bss, total, resident, init, strings or percpu; of images span and compressed, too; of branches and symbols live, waste, allocated, allocs and peak, of the build's newest trace. LIMIT is a size (4M), a growth against the base (+16K), or one in percent (+2%). 'branch .' is everything. After it may stand image=NAME (default: vmlinux), and warn: it is said, and fails nothing.",
			"'check NAME [SIZE] [warn]' runs a canned check; --list has their names, --list NAME all about one. 'quiet SIZE' is growth that counts as none, 'saving SIZE' and 'slack N%' are how large a saving and how much room are pointed out. # begins a comment.",
			"The base of growth is --base, else what 'kmemdb base' tells: the nearest ancestor that was audited and is alike; where the history is not known, the build before it. A trailer 'Footprint: reason' in the message of a commit between the two lets growth pass, and is shown; an absolute limit is raised in the file.",
			"csv and tsv have a row for each limit, json everything, junit a test case for each limit."),
		.takes = TAKES(PARAM_BASE, OPTION_DB, OPTION_BUDGETS, OPTION_NO_BASE, OPTION_CHECK_FILE, OPTION_TRAILER, OPTION_MESSAGE, OPTION_TRAILER_SOURCE, OPTION_WRITE, OPTION_LIST, OPTION_LIMIT, OPTION_CHECK_FORMAT, OPTION_BYTES, OPTION_WIDE, OPTION_WIDTH, OPTION_DEMANGLE, OPTION_OUTPUT, OPTION_TIMEOUT),
		.exits = EXITS(
			{ 1, "done, but a limit could not be judged: what it names is not there, or was not measured" },
			USAGE_EXIT,
			{ 3, "the budget file, the database or the result cannot be read or written, or it was interrupted" },
			{ 4, "a limit is broken" }),
	},
	{
		.name = "query",
		.summary = "run a canned report; alone: list them",
		.operands = {
			{ "REPORT", VALUE_REPORT, NULL, NULL, false },
		},
		.more_usage = TEXTS("[OPTION]... --file FILE", "REPORT --help"),
		.paragraphs = TEXTS(
			"Runs a canned report over the database; alone, lists the reports by what they are about. REPORT --help tells what its columns mean, and which two reports to look at next.",
			"Tables and md have the columns that people read, made to fit 100 characters with names of usual length; --wide adds the others. A table is also without columns that are 0 or empty in every row, and says which. csv, tsv, json and jsonl always have all columns, in one order."),
		.takes = TAKES(OPTION_DB, OPTION_FILE, OPTION_ORDER_BY, OPTION_LIMIT, OPTION_REPORT_FORMAT, OPTION_BYTES, OPTION_WIDE, OPTION_WIDTH, OPTION_BARS, OPTION_DEMANGLE, OPTION_OUTPUT, OPTION_TIMEOUT),
		.params = true,
		.exits = EXITS(USAGE_EXIT, READ_EXIT),
	},
	{
		.name = "diff",
		.summary = "what changed between two builds, or two traces",
		.operands = {
			{ "BASE", VALUE_BUILD, NULL, "no build named to compare with, as in kmemdb diff v1.0, or kmemdb diff 1 2", false },
			{ "BUILD", VALUE_BUILD, NULL, NULL, false },
		},
		.paragraphs = TEXTS(
			"What BUILD (default: the newest) costs more and less than BASE; each is an id, a label or a (short) commit. First how they were built differently and which options of the configuration changed, then the totals of each image, then the rows that differ, largest growth first.",
			"Rows add up to the image's change, however they are divided: what the link adds and takes (fill, merged strings, what it makes itself) has rows of its own, in parentheses. With --branch they are what the branch has of it.",
			"With --trace two traces are compared: BASE and BUILD are ids or labels of traces (default: the newest), or name builds, whose newest traces are meant. First how they differ and the totals, then live bytes, internal fragmentation, all bytes and allocations by call site, by the function that asked (--by owner) or by directory (--by branch).",
			"csv and tsv have the rows alone; json is one object with a key for each table, jsonl has the table as the first key of each row."),
		.takes = TAKES(PARAM_IMAGE, PARAM_BRANCH, PARAM_DEPTH, PARAM_MALLOC, PARAM_CACHE, PARAM_TRACING, OPTION_DB, OPTION_TRACES, OPTION_BY, OPTION_ORDER_BY, OPTION_LIMIT, OPTION_FORMAT, OPTION_BYTES, OPTION_WIDE, OPTION_WIDTH, OPTION_BARS, OPTION_DEMANGLE, OPTION_OUTPUT, OPTION_TIMEOUT),
		.exits = EXITS(USAGE_EXIT, READ_EXIT),
	},
	{
		.name = "plot",
		.summary = "a picture of the memory",
		.operands = {
			{ "KIND", VALUE_WORD, "rings treemap timeline history diff classes", "no kind of picture named, as in kmemdb plot rings -o kernel.svg", false },
		},
		.paragraphs = TEXTS(
			"Draws a picture into the file that -o names; its ending says whether it is .png, .svg or .pdf. Names in an SVG are text, and each shape carries its number.",
			"rings: directories outward, sized by --attr. treemap: the same as rectangles. timeline: live memory over the trace, by directory. history: sizes along the commits; --branch fs,mm has a line for each. diff: what grew and what shrank since --base. classes: live memory by size of allocation, and what of it was not requested.",
			"What a picture shows, a report says to the byte: objects and footprint (static, text, data, bss, resident, init), dynamic (live, total, waste, peak), combined (current), timeline-by-branch, history, classes, and kmemdb diff."),
		.takes = TAKES(PARAM_BUILD, PARAM_BASE, PARAM_TRACE, PARAM_IMAGE, PARAM_BRANCH, PARAM_DEPTH, PARAM_MALLOC, PARAM_CACHE, PARAM_TRACING, OPTION_DB, OPTION_ATTR, OPTION_SIZE, OPTION_DARK, OPTION_SHOW, OPTION_OUTPUT, OPTION_TIMEOUT),
		.exits = EXITS(USAGE_EXIT, READ_EXIT),
	},
	{
		.name = "html",
		.summary = "a page to explore in a browser",
		.paragraphs = TEXTS(
			"Writes one file that a browser opens without a network: directories, objects, symbols and call sites as a picture and as tables that follow it; the trace over time; what the numbers can be trusted for; and, with --base, what changed.",
			"The numbers are in it as JSON, in the element kmemdb-data: tables with their columns, units and rows, those of the reports of these names."),
		.takes = TAKES(PARAM_BUILD, PARAM_BASE, PARAM_TRACE, PARAM_IMAGE, PARAM_TRACING, OPTION_DB, OPTION_SHOW, OPTION_OUTPUT, OPTION_TIMEOUT),
		.exits = EXITS(USAGE_EXIT, READ_EXIT),
	},
	{
		.name = "top",
		.summary = "browse the memory in a terminal",
		.operands = {
			{ "VIEW", VALUE_WORD, "static live waste current change", NULL, false },
		},
		.paragraphs = TEXTS(
			"One screen: the directories of a branch, largest first; Enter goes into one, down to the symbols or call sites of an object, Left out of it. Keys 1 to 5 change the view: static memory, live dynamic memory, its waste, static and live together (current), and the change since --base. '?' lists the keys: sort, search, filter, and mark a row to compare the others with.",
			"e opens the source line of a call site, or of a function that allocates, with $VISUAL or $EDITOR, where debug information has it and the file is there below the sources of the build. c shows the commands that print the rows of the screen; they are printed when top ends.",
			"The rows are those of the reports footprint, symbols and sections (static), dynamic, accounting and waste (live, waste), combined and accounting (current), and of kmemdb diff. Of a branch with more than 50,000 rows the first ones in the order are shown."),
		.takes = TAKES(PARAM_BUILD, PARAM_BASE, PARAM_TRACE, PARAM_IMAGE, PARAM_BRANCH, PARAM_MALLOC, PARAM_CACHE, PARAM_TRACING, OPTION_DB),
		.exits = EXITS(
			{ 2, "usage: a word of the command line is wrong, or there is no terminal that can show a screen" },
			READ_EXIT),
	},
	{
		.name = "log",
		.summary = "how a size went along the history",
		.paragraphs = TEXTS(
			"A line a build, newest first in the order of the commits: commit, date, subject, size and how much that is more or less than in the build it is compared with. That one, the base, is the nearest ancestor that was built: along first parents, so of a merge what it was merged into, and a build of a like configuration. The graph is that which audits found in the sources' git; where it is not known, time decides.",
			"A build of changed sources (dirty) is a line of its own and is compared with the clean one of its commit; where a build is named, COMMIT-dirty means it. Builds of one commit with several configurations have a line each.",
			"--image and --branch say of what, --metric which size. Without --branch it is that of the linked image."),
		.takes = TAKES(PARAM_IMAGE, PARAM_BRANCH, PARAM_METRIC, OPTION_DB, OPTION_ORDER_BY, OPTION_LIMIT, OPTION_FORMAT, OPTION_BYTES, OPTION_WIDE, OPTION_WIDTH, OPTION_OUTPUT, OPTION_TIMEOUT),
		.exits = EXITS(USAGE_EXIT, READ_EXIT),
	},
	{
		.name = "blame",
		.summary = "when something appeared, and every build in which it changed",
		.operands = {
			{ "SYMBOL|PATH", VALUE_WORD, NULL, "nothing named, as in kmemdb blame kfree, or kmemdb blame fs/open.o", false },
		},
		.paragraphs = TEXTS(
			"A line for each build in which a function or variable, an object (fs/open.o, or fs/open.c) or a directory changed, newest first, with the commit and by how much. 'first' is the oldest build there is, 'added' the one in which it appeared.",
			"It is followed through renames, moves to other objects and the clones that compilers make, as diff matches them, along the same bases as log. Several symbols of one name each have their lines; --branch says which are meant."),
		.takes = TAKES(PARAM_BRANCH, OPTION_DB, OPTION_ORDER_BY, OPTION_LIMIT, OPTION_FORMAT, OPTION_BYTES, OPTION_WIDE, OPTION_WIDTH, OPTION_DEMANGLE, OPTION_OUTPUT, OPTION_TIMEOUT),
		.exits = EXITS(USAGE_EXIT, READ_EXIT),
	},
	{
		.name = "base",
		.summary = "which build to compare with",
		.operands = {
			{ "BUILD|COMMIT", VALUE_BUILD, NULL, NULL, false },
		},
		.paragraphs = TEXTS(
			"One row: the build that BUILD (default: the newest), or a commit that need not have been built, is to be compared with, how many commits lie between, and why it is that one. It is the nearest ancestor that was built, along first parents; with --onto the nearest built ancestor of the merge base with REF, or the merge base itself, so that what others changed since is not taken for a change of this branch.",
			"Where there is none, the row says why: no ancestor was built, there is no common one, or the history that is known ends before, as that of a shallow clone does. 'unlike' says in what the base is another kind of build.",
			"The history is that which audits recorded. What it does not have, a branch's name or a commit that was not built, the sources' git is asked for, where it is still there, for some seconds at most."),
		.takes = TAKES(OPTION_DB, OPTION_ONTO, OPTION_SOURCE, OPTION_FORMAT, OPTION_WIDE, OPTION_WIDTH, OPTION_OUTPUT),
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
			"Each is printed under its name; csv and tsv have an empty line between, json is one object with a key for each, jsonl has the table as the first key of each row. The columns of builds and traces are those of the reports of these names."),
		.takes = TAKES(OPTION_DB, OPTION_LIMIT, OPTION_FORMAT, OPTION_BYTES, OPTION_WIDE, OPTION_WIDTH, OPTION_DEMANGLE, OPTION_OUTPUT),
		.exits = EXITS(USAGE_EXIT, READ_EXIT),
	},
	{
		.name = "forget",
		.summary = "drop builds and traces",
		.operands = {
			{ "BUILD|TRACE", VALUE_BUILD, NULL, NULL, true },
		},
		.paragraphs = TEXTS(
			"Drops builds, with their traces, and traces from the database: each named by its id, its label or, of a build, its (short) commit; what is the name of one of each needs --build or --trace. All of them go, or none.",
			"What nothing else uses goes, too. The space is used by what comes next; --compact gives it back to the file system, for which the file is written anew: that needs as much room again while it runs."),
		.takes = TAKES(OPTION_DB, OPTION_FORGET_BUILD, OPTION_FORGET_TRACE, OPTION_COMPACT, OPTION_QUIET),
		.exits = EXITS(USAGE_EXIT, WRITE_EXIT),
	},
	{
		.name = "prune",
		.summary = "drop old builds, by rules",
		.operands = { { NULL, VALUE_NONE, NULL, NULL, false } },
		.paragraphs = TEXTS(
			"Drops the builds that no rule of --keep keeps, with their traces, and gives their space back to the file system. Traces of no build stay.",
			"'--keep 50,labelled,daily' keeps the 50 newest builds, those with a label, all of the last 30 days, and of each day (UTC) before that the last one. --dry-run lists what would go: id, date, label or commit, number of traces, divided by tabs.",
			"tagged asks the git of the sources, where the newest build's were or --source says, for its tags; where they cannot be read, nothing is dropped."),
		.takes = TAKES(OPTION_DB, OPTION_KEEP, OPTION_SOURCE, OPTION_DRY_RUN, OPTION_QUIET),
		.exits = EXITS(USAGE_EXIT, WRITE_EXIT),
	},
	{
		.name = "export",
		.summary = "one build and its traces for others: a database, or a format of other programs",
		.operands = {
			{ "BUILD", VALUE_BUILD, NULL, NULL, false },
		},
		.paragraphs = TEXTS(
			"Writes BUILD (an id, a label or a (short) commit; default: the newest) and its traces into a new database, which all commands read and 'kmemdb merge' adds to another.",
			"With --slim it is a file to send: names are numbered so that it compresses to about half, what spares the next audit its work is left out, and nothing can be written into it.",
			"Other formats go to standard output where -o names no file. folded: a line a stack, for flamegraph.pl, inferno and speedscope; frames are divided by ';', the last word is the weight; with --attr static directories, objects and symbols. pprof: a compressed profile with alloc_objects, alloc_space, inuse_objects and inuse_space, for 'go tool pprof'. perfetto: JSON with live bytes of each directory as a counter track, for ui.perfetto.dev.",
			"They are of kmalloc and kmem_cache memory, in the newest trace of BUILD or the one that --trace names; sums are those of the report accounting with the same options, of the timeline those of timeline-by-branch, and of static memory those of objects."),
		.takes = TAKES(PARAM_TRACE, PARAM_IMAGE, PARAM_BRANCH, PARAM_MALLOC, PARAM_CACHE, PARAM_TRACING, OPTION_DB, OPTION_EXPORT_FORMAT, OPTION_WEIGHT, OPTION_STACK_BY, OPTION_EXPORT, OPTION_SLIM, OPTION_QUIET),
		.exits = EXITS(USAGE_EXIT, WRITE_EXIT),
	},
	{
		.name = "merge",
		.summary = "add the builds and traces of other databases",
		.operands = {
			{ "OTHER", VALUE_FILE, NULL, "no database named to merge, as in kmemdb merge one.db two.db", true },
		},
		.paragraphs = TEXTS(
			"Adds the builds and traces of other databases, which stay as they are; the database is made where there is none. In any order the result is the same, and nothing is there twice: a build is known by its commit (else its tree), configuration and label, a trace by its log and its build. Of two audits of one build the later one stays, of two imports of one log likewise.",
			"Others may be of an older kmemdb, or a stranger's: what is damaged is refused, and then nothing is changed."),
		.takes = TAKES(OPTION_DB, OPTION_QUIET),
		.exits = EXITS(USAGE_EXIT, WRITE_EXIT),
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
			"Each table is printed under its name; csv and tsv have an empty line between, json is one object with a key for each, jsonl has the table as the first key of each row. The trace is the build's newest."),
		.takes = TAKES(PARAM_BUILD, PARAM_TRACE, OPTION_DB, OPTION_LIMIT, OPTION_FORMAT, OPTION_BYTES, OPTION_WIDE, OPTION_WIDTH, OPTION_DEMANGLE, OPTION_OUTPUT),
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
		.takes = TAKES(OPTION_DB, OPTION_LIMIT, OPTION_FORMAT, OPTION_BYTES, OPTION_WIDE, OPTION_WIDTH, OPTION_DEMANGLE, OPTION_OUTPUT, OPTION_TIMEOUT),
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
