/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every option of every command, one row each.  The parser, --help, the
 * manual pages and the completions are made from these rows and from those of
 * cli/command_table.h, which say who takes what.
 *
 * Two commands that mean different things by one name (--label of a build and
 * of a trace) have two rows; a command takes at most one of a name.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdint.h>

#include "query/param.h"

/* After enum query_param, whose options come first. */
enum option_id {
	OPTION_DB = PARAM_COUNT,
	OPTION_BUILD_LABEL,
	OPTION_COMMIT,
	OPTION_FULL,
	OPTION_VERIFY,
	OPTION_NO_MESSAGES,
	OPTION_JOBS,
	OPTION_TRACED_BUILD,
	OPTION_TRACE_LABEL,
	OPTION_KALLSYMS,
	OPTION_SLABINFO,
	OPTION_MODULES,
	OPTION_VMALLOCINFO,
	OPTION_LOG_FORMAT,
	OPTION_PAGE_SIZE,
	OPTION_NO_LINES,
	OPTION_MAX_SIZE,
	OPTION_FILE,
	OPTION_BY,
	OPTION_TRACES,
	OPTION_ATTR,
	OPTION_SIZE,
	OPTION_DARK,
	OPTION_SHOW,

	OPTION_ONTO,
	OPTION_SOURCE,
	OPTION_ORDER_BY,
	OPTION_LIMIT,
	OPTION_REPORT_FORMAT,
	OPTION_FORMAT,
	OPTION_BYTES,
	OPTION_WIDE,
	OPTION_WIDTH,
	OPTION_BARS,
	OPTION_DEMANGLE,
	OPTION_OUTPUT,
	OPTION_TIMEOUT,
	OPTION_FORGET_BUILD,
	OPTION_FORGET_TRACE,
	OPTION_COMPACT,
	OPTION_KEEP,
	OPTION_DRY_RUN,
	OPTION_SLIM,
	OPTION_EXPORT,
	OPTION_EXPORT_FORMAT,
	OPTION_WEIGHT,
	OPTION_STACK_BY,
	OPTION_BUDGETS,
	OPTION_NO_BASE,
	OPTION_CHECK_FILE,
	OPTION_CHECK_FORMAT,
	OPTION_TRAILER,
	OPTION_MESSAGE,
	OPTION_TRAILER_SOURCE,
	OPTION_WRITE,
	OPTION_LIST,
	OPTION_QUIET,
	OPTION_HELP,
	OPTION_VERSION,
	OPTION_LIST_OPTIONS,
	OPTION_COUNT
};

/* The kind of value that an option or operand takes; completions offer values
 * by it. */
enum value_kind {
	VALUE_NONE = 0, /* there is none */
	VALUE_WORD,	/* anything */
	VALUE_NUMBER,
	VALUE_FILE,
	VALUE_DIRECTORY,
	VALUE_BUILD,
	VALUE_TRACE,
	VALUE_REPORT,
	VALUE_COLUMN, /* of the report that is named */
	VALUE_KIND_COUNT
};

struct option_info {
	const char *name;     /* after the two dashes */
	char letter;	      /* after one dash, or 0 */
	const char *argument; /* as help shows it; NULL: takes none */
	enum value_kind kind;
	const char *help;
	/* What the value may be; each NULL or 0 where anything goes. */
	const char *values;   /* words, a blank between */
	uint64_t least, most; /* of a number */
};

/* By enum query_param, then by enum option_id. */
extern const struct option_info option_table[OPTION_COUNT];

/* "file" and so on; "" for VALUE_NONE. */
const char *value_kind_name(enum value_kind kind);

#endif
