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

#define RENDER_NAMES_MAX 256

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
	bool terminal;	   /* out is one: nothing may talk to it */
	size_t width;	   /* that tables fit, 0: nothing is cut */
	bool wide;	   /* table and md: every column */
	bool exact;	   /* exact numbers in tables */
	uint64_t limit;	   /* rows to show, 0 for all */
	bool bars;	   /* tables draw the column that says so as bars */
	const char *table; /* jsonl: whose row it is; NULL: there is one */
};

struct render_result {
	uint64_t rows, shown;
	size_t hidden_columns; /* at the right end: the width is too small */
	size_t wide_columns;   /* that wide would add */
	/* Those that have no value in any row, so that a table is without:
	 * their names, as "a, b, c"; cut to fit. */
	char empty_columns[RENDER_NAMES_MAX];
	bool summed;	  /* there was a line of sums */
	bool broken_pipe; /* the reader went away: no error */
};

#endif
