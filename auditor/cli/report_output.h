/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the commands that print rows have in common (query, list, show, sql):
 * the options that say how, the database, one or several tables in one
 * result, and what is told on stderr when the result is out.
 *
 *	tables_run calls the command's own function, which calls tables_put for
 *	each table
 */
#ifndef CLI_REPORT_OUTPUT_H
#define CLI_REPORT_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/args.h"
#include "query/database.h"
#include "query/rows.h"
#include "query/stop.h"
#include "render/buffer.h"
#include "render/output.h"
#include "render/render.h"
#include "support/err.h"

enum tables_bars { TABLES_BARS_AUTO, TABLES_BARS_NEVER, TABLES_BARS_ALWAYS };

struct tables {
	struct render_options render;
	bool limited;		  /* --limit was given */
	enum tables_bars bars;	  /* --bars */
	bool demangle, as_column; /* query/demangle.h */
	/* Several in one result: each has a heading, and in JSON a key. */
	bool named;
	bool reader_closed; /* the reader went away: nothing is printed any more */
	size_t count;
	struct output out;
	struct buffer diag_text; /* for stderr, after the result */
	struct query_stop stop;	 /* Ctrl-C, and --timeout */
};

/* What a command does between the opening and the closing of its result. */
struct tables_job {
	bool named;
	bool no_database; /* what is asked for is in the program itself */
	/* d is NULL without a database. */
	int (*run)(const struct database *d, struct tables *t, void *ctx,
		   struct err *e);
	void *ctx;
};

/*
 * Opens the database and the output that the command line names, runs the job
 * and closes both.  A result that failed or was interrupted leaves the output
 * file as it was.  ERR_USAGE where the command line is wrong.
 */
int tables_run(const struct args *a, const struct tables_job *job,
	       struct err *e);

/* Prints all rows; the caller ends them. */
int tables_put(struct tables *t, const struct table_rows *table, struct err *e);

/* 1: *ret is the next table; 0: there is none. */
typedef int tables_next(void *ctx, struct table_rows *ret, struct err *e);
/* Prints all tables, and ends each. */
int tables_put_each(struct tables *t, tables_next *next, void *ctx,
		    struct err *e);

/* Adds lines to what will be told; names in them may be anybody's. */
void tables_diag(struct tables *t, const char *lines);

/* What is there so far goes out, where the result is no file. */
void tables_flush(struct tables *t);

#endif
