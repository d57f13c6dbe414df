/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

#define PARAM_ROW(id, option, arg, value, variable, fallback, words)           \
	[PARAM_##id] = { .name = option,                                       \
			 .argument = arg,                                      \
			 .kind = VALUE_##value,                                \
			 .help = words },

const struct option_info option_table[OPTION_COUNT] = {
	QUERY_PARAMS(PARAM_ROW)
	[OPTION_DB] = {
		.name = "db",
		.argument = "FILE",
		.kind = VALUE_FILE,
		.help = "the database; default: $KMEMDB, else kmem.db",
	},
	[OPTION_BUILD_LABEL] = {
		.name = "label",
		.argument = "TEXT",
		.kind = VALUE_WORD,
		.help = "name of the build, for --build",
	},
	[OPTION_COMMIT] = {
		.name = "commit",
		.argument = "ID",
		.kind = VALUE_WORD,
		.help = "commit that was built; default: from the git repository of the sources",
	},
	[OPTION_FULL] = {
		.name = "full",
		.help = "open every object, even those that the stat cache says are unchanged",
	},
	[OPTION_VERIFY] = {
		.name = "verify",
		.help = "read every object a second time, through libbfd, and compare; exit code 1 if they differ",
	},
	[OPTION_NO_MESSAGES] = {
		.name = "no-messages",
		.help = "do not search the code for messages that are printed when an allocation failed",
	},
	[OPTION_JOBS] = {
		.name = "jobs",
		.letter = 'j',
		.argument = "N",
		.kind = VALUE_NUMBER,
		.least = 1,
		.most = 256,
		.help = "threads; default: one for each processor",
	},
	[OPTION_TRACED_BUILD] = {
		.name = "build",
		.argument = "REF",
		.kind = VALUE_BUILD,
		.help = "the build that was traced: an id, a label or a (short) commit; default: by the capture's build-id, else the newest",
	},
	[OPTION_TRACE_LABEL] = {
		.name = "label",
		.argument = "TEXT",
		.kind = VALUE_WORD,
		.help = "name of the trace, for --trace",
	},
	[OPTION_KALLSYMS] = {
		.name = "kallsyms",
		.argument = "FILE",
		.kind = VALUE_FILE,
		.help = "/proc/kallsyms of the traced kernel",
	},
	[OPTION_SLABINFO] = {
		.name = "slabinfo",
		.argument = "FILE",
		.kind = VALUE_FILE,
		.help = "/proc/slabinfo of the traced kernel at the end of the trace, for the reports slabs and caches",
	},
	[OPTION_MODULES] = {
		.name = "modules",
		.argument = "FILE",
		.kind = VALUE_FILE,
		.help = "/proc/modules of the traced kernel: which modules were loaded, and where",
	},
	[OPTION_VMALLOCINFO] = {
		.name = "vmallocinfo",
		.argument = "FILE",
		.kind = VALUE_FILE,
		.help = "/proc/vmallocinfo of the traced kernel, for the report vmalloc",
	},
	[OPTION_LOG_FORMAT] = {
		.name = "format",
		.argument = "FORMAT",
		.kind = VALUE_WORD,
		.values = "auto text dat",
		.help = "format of the log; default: auto",
	},
	[OPTION_PAGE_SIZE] = {
		.name = "page-size",
		.argument = "N",
		.kind = VALUE_NUMBER,
		.least = 1024,
		.most = 1024 * 1024,
		.help = "page size of the traced kernel in bytes, if the log does not have it; a power of two",
	},
	[OPTION_NO_LINES] = {
		.name = "no-lines",
		.help = "do not look up source lines",
	},
	[OPTION_MAX_SIZE] = {
		.name = "max-size",
		.argument = "MIB",
		.kind = VALUE_NUMBER,
		.least = 1,
		.most = 1 << 30,
		.help = "largest size that a compressed log may unpack to, in MiB; default: 65536, and at most 200 times its size",
	},
	[OPTION_FILE] = {
		.name = "file",
		.argument = "FILE",
		.kind = VALUE_FILE,
		.help = "run the report in FILE instead of a built-in one",
	},
	[OPTION_BY] = {
		.name = "by",
		.argument = "WORD",
		.kind = VALUE_WORD,
		.values = "branch object section symbol link message site owner",
		.help = "what a row is: a directory of the next level, an object, a section of the image, a function or variable, a line of the link, or a message of a failed allocation; of traces a call site, the function that asked, or a directory; default: branch, of traces site",
	},
	[OPTION_TRACES] = {
		.name = "trace",
		.kind = VALUE_NONE,
		.help = "compare traces: BASE and BUILD name traces, or builds whose newest trace is used",
	},
	[OPTION_ATTR] = {
		.name = "attr",
		.argument = "WORD",
		.kind = VALUE_WORD,
		.values = "static live total waste current peak resident init text data bss current_dynamic total_dynamic",
		.help = "size drawn in rings and treemap: static (text + data + bss), live, total or waste of dynamic memory, current (resident static memory + live)...; default: static",
	},
	[OPTION_SIZE] = {
		.name = "size",
		.argument = "WIDTHxHEIGHT",
		.kind = VALUE_WORD,
		.help = "size of the picture in pixels; default: 1200x850",
	},
	[OPTION_DARK] = {
		.name = "dark",
		.help = "light on dark, for a page with a dark background",
	},
	[OPTION_SHOW] = {
		.name = "show",
		.help = "open the file after writing it (xdg-open)",
	},
	[OPTION_ONTO] = {
		.name = "onto",
		.argument = "REF",
		.kind = VALUE_BUILD,
		.help = "the target of a merge: a build, a commit, or a git branch of the sources; the base is then the merge base with it, or an ancestor of that",
	},
	[OPTION_SOURCE] = {
		.name = "source",
		.argument = "DIR",
		.kind = VALUE_DIRECTORY,
		.help = "source tree whose git repository is asked for what the database does not know; default: the source tree of the build",
	},
	[OPTION_ORDER_BY] = {
		.name = "order-by",
		.argument = "COLUMN",
		.kind = VALUE_COLUMN,
		.help = "sort by COLUMN: numbers largest first, text from A to Z; COLUMN:asc and COLUMN:desc choose the direction",
	},
	[OPTION_LIMIT] = {
		.name = "limit",
		.argument = "N",
		.kind = VALUE_NUMBER,
		.most = INT64_MAX,
		.help = "show N rows, 0 for all; default: 20 in a table on a terminal, else all",
	},
	[OPTION_REPORT_FORMAT] = {
		.name = "format",
		.argument = "FORMAT",
		.kind = VALUE_WORD,
		.values = "table csv tsv json jsonl md account",
		.help = "how to print the rows; default: table; jsonl is one JSON object per line; account is the layout of trace_analyze, for reports with its columns",
	},
	[OPTION_FORMAT] = {
		.name = "format",
		.argument = "FORMAT",
		.kind = VALUE_WORD,
		.values = "table csv tsv json jsonl md",
		.help = "how to print the rows; default: table; jsonl is one JSON object per line",
	},
	[OPTION_BYTES] = {
		.name = "bytes",
		.help = "exact numbers in tables",
	},
	[OPTION_WIDE] = {
		.name = "wide",
		.help = "every column in tables and md, which by default omit the less used ones, and names in full on a terminal",
	},
	[OPTION_WIDTH] = {
		.name = "width",
		.argument = "N",
		.kind = VALUE_NUMBER,
		.least = 20,
		.most = 10000,
		.help = "make tables fit N characters: long names are shortened in the middle, then columns are omitted; default: the width of the terminal, elsewhere no limit",
	},
	[OPTION_BARS] = {
		.name = "bars",
		.argument = "WHEN",
		.kind = VALUE_WORD,
		.values = "auto never always",
		.help = "draw the size as bars in tables of the reports footprint, dynamic and waste, and of diff; auto: on a terminal that can show them; default: auto",
	},
	[OPTION_DEMANGLE] = {
		.name = "demangle",
		.argument = "WORD",
		.kind = VALUE_WORD,
		.values = "auto yes no",
		.help = "readable names of C++ and Rust; auto: in tables and Markdown, in place of the symbol; yes: also in csv, tsv, json and jsonl, as a last column 'demangled'; default: auto",
	},
	[OPTION_OUTPUT] = {
		.name = "output",
		.letter = 'o',
		.argument = "FILE",
		.kind = VALUE_FILE,
		.help = "write to FILE, atomically: FILE is replaced only when the output is complete",
	},
	[OPTION_TIMEOUT] = {
		.name = "timeout",
		.argument = "SECONDS",
		.kind = VALUE_NUMBER,
		.least = 1,
		.most = 1000000,
		.help = "abort a statement that takes longer; default: never",
	},
	[OPTION_FORGET_BUILD] = {
		.name = "build",
		.argument = "REF",
		.kind = VALUE_BUILD,
		.help = "forget this build and its traces: an id, a label or a (short) commit",
	},
	[OPTION_FORGET_TRACE] = {
		.name = "trace",
		.argument = "REF",
		.kind = VALUE_TRACE,
		.help = "forget this trace: an id or a label",
	},
	[OPTION_COMPACT] = {
		.name = "compact",
		.help = "rewrite the file, which returns the free space to the file system",
	},
	[OPTION_KEEP] = {
		.name = "keep",
		.argument = "RULES",
		.kind = VALUE_WORD,
		.help = "which builds to keep, separated by commas: a number N (the N newest), labelled, tagged (a clean build of a commit that has a git tag), traced, daily (all of the last 30 days, and for each day before that the last build)",
	},
	[OPTION_DRY_RUN] = {
		.name = "dry-run",
		.help = "list what would be dropped, and change nothing",
	},
	[OPTION_SLIM] = {
		.name = "slim",
		.help = "a smaller file that can only be read and merged: names are numbered so that they compress, and the stat cache of audits is left out",
	},
	[OPTION_EXPORT] = {
		.name = "output",
		.letter = 'o',
		.argument = "FILE",
		.kind = VALUE_FILE,
		.help = "the new file; written atomically",
	},
	[OPTION_EXPORT_FORMAT] = {
		.name = "format",
		.argument = "FORMAT",
		.kind = VALUE_WORD,
		.values = "db folded pprof perfetto",
		.help = "what to write: a database; stacks for flame graphs; a profile for pprof; a timeline for Perfetto; default: db",
	},
	[OPTION_WEIGHT] = {
		.name = "attr",
		.argument = "WORD",
		.kind = VALUE_WORD,
		.values = "live waste total allocs live-count static",
		.help = "weight of a folded stack: live bytes, wasted bytes, bytes of all allocations, number of all or of live allocations; or static memory; default: live",
	},
	[OPTION_STACK_BY] = {
		.name = "by",
		.argument = "WORD",
		.kind = VALUE_WORD,
		.values = "stack directory",
		.help = "frames of a folded stack: the traced stack, or the directories, object and function of the call; default: stack",
	},
	[OPTION_BUDGETS] = {
		.name = "budgets",
		.argument = "FILE",
		.kind = VALUE_FILE,
		.help = "the budget file; default: kmemdb.budgets; - is standard input",
	},
	[OPTION_NO_BASE] = {
		.name = "no-base",
		.help = "do not compare with a base: growth is not judged",
	},
	[OPTION_CHECK_FILE] = {
		.name = "file",
		.argument = "FILE",
		.kind = VALUE_FILE,
		.help = "also run a query of your own: each row that it returns is a finding",
	},
	[OPTION_CHECK_FORMAT] = {
		.name = "format",
		.argument = "FORMAT",
		.kind = VALUE_WORD,
		.values = "table csv tsv json md junit",
		.help = "output format; default: table; junit is XML for CI servers, with a test case for each limit",
	},
	[OPTION_TRAILER] = {
		.name = "trailer",
		.argument = "REASON",
		.kind = VALUE_WORD,
		.help = "reason why the growth is intended, in place of the trailers of commits",
	},
	[OPTION_MESSAGE] = {
		.name = "message",
		.argument = "FILE",
		.kind = VALUE_FILE,
		.help = "read the trailers from this file, a commit message, where there is no git; - is standard input",
	},
	[OPTION_TRAILER_SOURCE] = {
		.name = "source",
		.argument = "DIR",
		.kind = VALUE_DIRECTORY,
		.help = "the repository whose commits have the trailers; default: the source tree of the build",
	},
	[OPTION_WRITE] = {
		.name = "write",
		.help = "write the budget file, from the sizes of the build",
	},
	[OPTION_LIST] = {
		.name = "list",
		.help = "list the checks that a budget file can use, or describe one",
	},
	[OPTION_QUIET] = {
		.name = "quiet",
		.letter = 'q',
		.help = "no progress, no summary",
	},
	[OPTION_HELP] = {
		.name = "help",
		.letter = 'h',
		.help = "show this help",
	},
	[OPTION_VERSION] = {
		.name = "version",
		.help = "show the version",
	},
	[OPTION_LIST_OPTIONS] = {
		.name = "list-options",
		.help = "list commands, options, reports and views for programs, one per line, fields separated by tabs",
	},
};

const char *value_kind_name(enum value_kind kind)
{
	static const char *const names[VALUE_KIND_COUNT] = {
		[VALUE_NONE] = "",
		[VALUE_WORD] = "word",
		[VALUE_NUMBER] = "number",
		[VALUE_FILE] = "file",
		[VALUE_DIRECTORY] = "directory",
		[VALUE_BUILD] = "build",
		[VALUE_TRACE] = "trace",
		[VALUE_REPORT] = "report",
		[VALUE_COLUMN] = "column",
	};

	return names[kind];
}
