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
		2, "usage: the command line is wrong"                          \
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
			"Measures every object of a built kernel tree (in-tree, or an O= output directory) into the database. Auditing the same build again replaces its numbers; another commit, configuration or label adds a build. A build of changed sources (dirty) is stored next to the clean build of its commit, and replaced by the next dirty one.",
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
			"Compares BUILD (default: the newest) with the limits of a budget file, and reports each limit that is broken, by how much, and which objects and symbols caused it. Limits that hold are not listed.",
			"A line of the file is 'image NAME METRIC LIMIT', 'branch DIR METRIC LIMIT' or 'symbol PATTERN METRIC LIMIT'. METRIC is text, data, bss, total, resident, init, strings or percpu; for images also span and compressed; for branches and symbols also live, waste, allocated, allocs and peak, from the build's newest trace. LIMIT is a size (4M), a growth against the base (+16K), or one in percent (+2%). 'branch .' is everything. Two words may follow: image=NAME (default: vmlinux), and warn, which reports a broken limit without failing the check.",
			"'check NAME [SIZE] [warn]' runs a canned check; --list lists them, --list NAME describes one. 'quiet SIZE': smaller growth is ignored. 'saving SIZE' and 'slack N%': larger savings, and limits with more room than that, are pointed out. # begins a comment.",
			"Growth is measured against --base, by default the build that 'kmemdb base' names: the nearest audited ancestor of a like configuration, or the previous build if the history is not known. A trailer 'Footprint: reason' in the message of a commit between the two allows the growth, and is shown; to allow more than an absolute limit, change the file.",
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
			"Runs a canned report over the database; alone, lists the reports by what they are about. REPORT --help explains its columns, and names two reports to look at next.",
			"Tables and md show the most useful columns, which fit 100 characters with names of usual length; --wide adds the others. A table also omits columns that are 0 or empty in every row, and names them. csv, tsv, json and jsonl always have all columns, in the same order."),
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
			"What BUILD (default: the newest) costs more or less than BASE; each is an id, a label or a (short) commit. First the differences in how they were built and configured, then the totals of each image, then the rows that differ, largest growth first.",
			"With every --by the rows add up to the image's change: what the link adds and removes (fill, merged strings, sections that it generates) has rows of its own, in parentheses. With --branch they add up to the change of that branch.",
			"With --trace two traces are compared: BASE and BUILD are ids or labels of traces (default: the newest), or name builds, whose newest traces are meant. First the differences between the traces and the totals, then live bytes, internal fragmentation, total bytes and allocations by call site, by the function that requested the memory (--by owner) or by directory (--by branch).",
			"csv and tsv have only the rows; json is one object with a key for each table, jsonl has the table as the first key of each row."),
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
			"Draws a picture into the file that -o names, in the format of its extension: .png, .svg or .pdf. Names in an SVG are text, and each shape has its number as a tooltip.",
			"rings: directories from the centre outward, sized by --attr. treemap: the same as rectangles. timeline: live memory over the trace, by directory. history: sizes along the commits; --branch fs,mm draws a line for each. diff: what grew and what shrank since --base. classes: live memory by size of allocation, with its internal fragmentation.",
			"Reports have the exact numbers of each picture: objects and footprint (static, text, data, bss, resident, init), dynamic (live, total, waste, peak), combined (current), timeline-by-branch, history, classes, and kmemdb diff."),
		.takes = TAKES(PARAM_BUILD, PARAM_BASE, PARAM_TRACE, PARAM_IMAGE, PARAM_BRANCH, PARAM_DEPTH, PARAM_MALLOC, PARAM_CACHE, PARAM_TRACING, OPTION_DB, OPTION_ATTR, OPTION_SIZE, OPTION_DARK, OPTION_SHOW, OPTION_OUTPUT, OPTION_TIMEOUT),
		.exits = EXITS(USAGE_EXIT, READ_EXIT),
	},
	{
		.name = "html",
		.summary = "a page to explore in a browser",
		.paragraphs = TEXTS(
			"Writes one file that a browser opens without a network: directories, objects, symbols and call sites as a picture and as tables that follow it; the trace over time; how far the numbers can be trusted; and, with --base, what changed.",
			"The page contains its numbers as JSON, in the element kmemdb-data: tables with columns, units and rows, named after the reports that they are from."),
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
			"One screen: the directories of a branch, largest first; Enter opens one, down to the symbols or call sites of an object, Left goes back. Keys 1 to 5 change the view: static memory, live dynamic memory, its waste, static and live together (current), and the change since --base. '?' lists the keys: sort, search, filter, and mark a row to compare the others with.",
			"e opens the source line of a call site, or of a function that allocates, with $VISUAL or $EDITOR, if debug information has the line and the file exists below the sources of the build. c shows the commands that print the rows of the screen; they are printed again when top ends.",
			"The rows are those of the reports footprint, symbols and sections (static), dynamic, accounting and waste (live, waste), combined and accounting (current), and of kmemdb diff. Of a branch with more than 50,000 rows, the first 50,000 in the chosen order are shown."),
		.takes = TAKES(PARAM_BUILD, PARAM_BASE, PARAM_TRACE, PARAM_IMAGE, PARAM_BRANCH, PARAM_MALLOC, PARAM_CACHE, PARAM_TRACING, OPTION_DB),
		.exits = EXITS(
			{ 2, "usage: the command line is wrong, or there is no terminal that can show a screen" },
			READ_EXIT),
	},
	{
		.name = "log",
		.summary = "how a size changed along the history",
		.paragraphs = TEXTS(
			"One line per build, newest first in the order of the commits: commit, date, subject, size, and the change against its base. The base is the nearest ancestor that was built with a like configuration, following first parents: for a merge, the branch that it was merged into. The commit graph is the one that audits read from the git repository of the sources; if it is not known, builds are ordered by time.",
			"A build of changed sources (dirty) has a line of its own and is compared with the clean build of its commit; COMMIT-dirty names it. Builds of one commit with several configurations have a line each.",
			"--image and --branch select what is measured, --metric which size. Without --branch it is the size of the linked image."),
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
			"It is followed through renames, moves to other objects and clones made by the compiler, as diff matches them, along the same bases as log. Several symbols of the same name have separate lines; --branch selects among them."),
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
			"One row: the build to compare BUILD (default: the newest) with, the number of commits between the two, and why it was chosen. COMMIT need not have been built. The base is the nearest ancestor that was built, following first parents; with --onto it is the merge base with REF, or its nearest built ancestor, so that changes made by others since are not counted as changes of this branch.",
			"If there is none, the row says why: no ancestor was built, there is no common ancestor, or the known history ends earlier, as in a shallow clone. Column 'unlike' says how the base was built differently.",
			"The history is the one that audits recorded. Names of branches, and commits that were not built, are looked up in the git repository of the sources if it still exists, which takes a few seconds at most."),
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
			"Lists what the database contains: the file itself, the builds and the traces, newest first; with TABLE, only that table.",
			"Each table is printed under its name; csv and tsv separate them by an empty line, json is one object with a key for each, jsonl has the table as the first key of each row. Tables builds and traces have the columns of the reports of the same names."),
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
			"Drops builds, with their traces, and traces from the database: each named by its id, its label or, for a build, its (short) commit; a name that could mean a build or a trace needs --build or --trace. Either all of them are dropped, or none.",
			"Data that no other build or trace uses is dropped with them. Later audits and imports use the free space; --compact returns it to the file system by rewriting the file, which needs the space of a second copy while it runs."),
		.takes = TAKES(OPTION_DB, OPTION_FORGET_BUILD, OPTION_FORGET_TRACE, OPTION_COMPACT, OPTION_QUIET),
		.exits = EXITS(USAGE_EXIT, WRITE_EXIT),
	},
	{
		.name = "prune",
		.summary = "drop old builds, by rules",
		.operands = { { NULL, VALUE_NONE, NULL, NULL, false } },
		.paragraphs = TEXTS(
			"Drops the builds that no rule of --keep keeps, with their traces, and returns their space to the file system. Traces without a build are kept.",
			"'--keep 50,labelled,daily' keeps the 50 newest builds, those with a label, all of the last 30 days, and for each day (UTC) before that the last one. --dry-run lists what would be dropped: id, date, label or commit, number of traces, separated by tabs.",
			"tagged reads the tags of the git repository of the sources: where those of the newest build were, or --source. If they cannot be read, nothing is dropped."),
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
			"Writes BUILD (an id, a label or a (short) commit; default: the newest) and its traces into a new database, which all commands can read and 'kmemdb merge' can add to another.",
			"With --slim it is a file to send: names are numbered so that it compresses to about half, the stat cache of audits is left out, and the file is read-only for kmemdb.",
			"Other formats are written to standard output unless -o names a file. folded: one line per stack, for flamegraph.pl, inferno and speedscope; frames are separated by ';', the last word is the weight; with --attr static the frames are directories, object and symbol. pprof: a compressed profile with alloc_objects, alloc_space, inuse_objects and inuse_space, for 'go tool pprof'. perfetto: JSON with the live bytes of each directory as a counter track, for ui.perfetto.dev.",
			"They cover kmalloc and kmem_cache memory, in the newest trace of BUILD or the one that --trace names. Their sums equal those of the report accounting with the same options, for perfetto those of timeline-by-branch, and for static memory those of objects."),
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
			"Adds the builds and traces of other databases, which are not changed; the database is created if it does not exist. The order does not matter, and nothing is stored twice: a build is identified by its commit (or its tree, if no commit is known), configuration and label, a trace by its log and its build. Of two audits of the same build, or two imports of the same log, the later one is kept.",
			"The other databases may be written by an older kmemdb, and need not be trusted: a damaged one is refused, and then nothing is changed."),
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
			"Everything about one object or one symbol. OBJECT is a path in the tree (fs/open.o, or fs/open.c), or the end of one (open.o). SYMBOL is a function or variable; name also finds name.isra.0, and name+0x1c/0x80 is accepted as printed in a trace.",
			"For an object: its role, its static and dynamic memory, its sections, its symbols, and its call sites in the trace. For a symbol: each object that defines it, and its call sites.",
			"Each table is printed under its name; csv and tsv separate them by an empty line, json is one object with a key for each, jsonl has the table as the first key of each row. The default trace is the newest one of the build."),
		.takes = TAKES(PARAM_BUILD, PARAM_TRACE, OPTION_DB, OPTION_LIMIT, OPTION_FORMAT, OPTION_BYTES, OPTION_WIDE, OPTION_WIDTH, OPTION_DEMANGLE, OPTION_OUTPUT),
		.exits = EXITS(USAGE_EXIT, READ_EXIT),
	},
	{
		.name = "sql",
		.summary = "query the database in SQL, read-only",
		.operands = {
			{ "STATEMENT", VALUE_WORD, NULL, NULL, false },
		},
		.paragraphs = TEXTS(
			"Runs SQL that reads the database: STATEMENT, or all statements from standard input. On a terminal it prompts for statements, each ended by a semicolon, and Ctrl-C cancels the running one. Nothing can be changed.",
			"The views are the public schema: '.tables' lists them, '.schema VIEW' explains each column; '.help' and '.quit' work as well. In addition to SQLite's own functions there are in_branch(path, branch), dir_level(path, branch, depth) and edit_distance(a, b). 'kmemdb query --file' runs a statement with --branch and the other parameters.",
			"The tables of several statements are separated by an empty line. Errors, such as unknown table or column names, are SQLite's own messages; the exit code is then 3."),
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
