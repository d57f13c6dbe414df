/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The options of `kmemdb query`, in one table that feeds the parser, the
 * help and the completions.  The first ones are parameters: a report takes
 * those that it names, as the SQL variable of that name.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stddef.h>

#include "support/err.h"

enum query_param {
	PARAM_BUILD = 0,
	PARAM_TRACE,
	PARAM_IMAGE,
	PARAM_BRANCH,
	PARAM_DEPTH,
	PARAM_CPUS,
	PARAM_MALLOC,
	PARAM_CACHE,
	PARAM_TRACING,
	PARAM_COUNT
};

enum query_option {
	OPTION_DB = PARAM_COUNT,
	OPTION_FILE,
	OPTION_ORDER_BY,
	OPTION_LIMIT,
	OPTION_FORMAT,
	OPTION_BYTES,
	OPTION_OUTPUT,
	OPTION_HELP,
	OPTION_COUNT
};

struct query_option_info {
	const char *name;     /* after the two dashes */
	char letter;	      /* after one dash, or 0 */
	const char *argument; /* as help shows it; NULL where it takes none */
	const char
		*variable; /* of SQL, without the colon; NULL: no parameter */
	const char
		*fallback; /* the parameter's text where not given, or NULL */
	const char *help;
};

/* By enum query_param, then by enum query_option. */
extern const struct query_option_info query_options[OPTION_COUNT];

/* The parameter whose SQL variable is name[0..len), or PARAM_COUNT. */
enum query_param query_param_find(const char *name, size_t len);

/* A command line, read. */
struct query_words {
	const char *given[OPTION_COUNT]; /* "1" where an option takes no
					    argument; NULL: not given */
	const char *report;		 /* of kmemdb query; of other commands
					    what they are about; NULL: none */
};

/* argv[0] is the command's name.  Long options must be spelled out. */
int query_words_read(int argc, char **argv, struct query_words *ret,
		     struct err *e);

#endif
