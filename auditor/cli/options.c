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
		.help = "commit that was built; default: ask the sources' git",
	},
	[OPTION_FULL] = {
		.name = "full",
		.help = "open every object, also those that seem unchanged",
	},
	[OPTION_VERIFY] = {
		.name = "verify",
		.help = "read every object again through libbfd and compare; a difference ends with 1",
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
	[OPTION_LOG_FORMAT] = {
		.name = "format",
		.argument = "FORMAT",
		.kind = VALUE_WORD,
		.values = "auto text dat",
		.help = "what the log is; default: auto",
	},
	[OPTION_PAGE_SIZE] = {
		.name = "page-size",
		.argument = "N",
		.kind = VALUE_NUMBER,
		.least = 1024,
		.most = 1024 * 1024,
		.help = "page size of the traced kernel in bytes, where the log does not say; a power of two",
	},
	[OPTION_NO_LINES] = {
		.name = "no-lines",
		.help = "do not look up source lines",
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
		.values = "branch object section symbol link message",
		.help = "what a row is: a directory of the next level, an object, a section of the image, a function or variable, a line of the link, or a message of a failed allocation; default: branch",
	},
	[OPTION_ORDER_BY] = {
		.name = "order-by",
		.argument = "COLUMN",
		.kind = VALUE_COLUMN,
		.help = "sort by COLUMN: numbers largest first, text from A to Z; COLUMN:asc and COLUMN:desc say which way",
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
		.values = "table csv tsv json md account",
		.help = "how to print the rows; default: table; account is the layout of trace_analyze, for reports with its columns",
	},
	[OPTION_FORMAT] = {
		.name = "format",
		.argument = "FORMAT",
		.kind = VALUE_WORD,
		.values = "table csv tsv json md",
		.help = "how to print the rows; default: table",
	},
	[OPTION_BYTES] = {
		.name = "bytes",
		.help = "exact numbers in tables, too",
	},
	[OPTION_DEMANGLE] = {
		.name = "demangle",
		.argument = "WORD",
		.kind = VALUE_WORD,
		.values = "auto yes no",
		.help = "readable names of C++ and Rust; auto: in tables and Markdown, in place; yes: in csv, tsv and json, too, as a last column 'demangled'; default: auto",
	},
	[OPTION_OUTPUT] = {
		.name = "output",
		.letter = 'o',
		.argument = "FILE",
		.kind = VALUE_FILE,
		.help = "write to FILE, atomically: it appears when it is complete",
	},
	[OPTION_TIMEOUT] = {
		.name = "timeout",
		.argument = "SECONDS",
		.kind = VALUE_NUMBER,
		.least = 1,
		.most = 1000000,
		.help = "give up a statement that takes longer; default: never",
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
		.help = "list commands, options, reports and views for programs, one a line, fields divided by tabs",
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
