/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The formats there are, how rows are to be printed, and what came of it.
 * Plain data.
 */
#ifndef RENDER_FORMAT_H
#define RENDER_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum render_format {
	FORMAT_TABLE = 0,
	FORMAT_CSV,
	FORMAT_TSV,
	FORMAT_JSON,
	FORMAT_JSONL, /* an object a line */
	FORMAT_MD,
	FORMAT_ACCOUNT, /* trace_analyze's, of columns that fit */
	FORMAT_COUNT
};

struct render_options {
	enum render_format format;
	FILE *out;
	bool terminal;	   /* out is one: tables fit it, nothing talks to it */
	size_t width;	   /* of the terminal */
	bool exact;	   /* exact numbers in tables */
	uint64_t limit;	   /* rows to show, 0 for all */
	bool bars;	   /* tables draw the column that says so as bars */
	const char *table; /* jsonl: whose row it is; NULL: there is one */
};

struct render_result {
	uint64_t rows, shown;
	size_t hidden_columns; /* at the right end: the terminal is too narrow */
	bool summed;	       /* there was a line of sums */
	bool broken_pipe;      /* the reader went away: no error */
};

#endif
