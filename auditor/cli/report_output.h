/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the commands that print rows have in common (query, list, show, sql):
 * the options that say how, one or several tables in one result, and what is
 * said on stderr when the result is out.
 *
 *	tables_read, then tables_open; tables_put for each table;
 *	tables_close, or tables_drop where something failed
 */
#ifndef CLI_REPORT_OUTPUT_H
#define CLI_REPORT_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/options.h"
#include "query/rows.h"
#include "render/buffer.h"
#include "render/output.h"
#include "render/render.h"
#include "support/err.h"

struct tables {
	struct render_options render;
	bool limited; /* --limit was given */
	/* Several in one result: each has a heading, and in JSON a key. */
	bool named;
	bool reader_closed; /* the reader went away: nothing is printed any more */
	size_t count;
	struct output out;
	struct buffer diag_text; /* for stderr, after the result */
};

struct table_words {
	const char *name;  /* NULL where not named */
	const char *title; /* of its heading */
	const char *empty; /* what to say when there are no rows, or "" */
};

/* The database that the words, else the environment, name. */
const char *tables_database(const struct query_words *w);

/* A command that prints tables, as its --help shows it. */
struct table_command {
	const char *name, *usage;
	const char *const *paragraphs;
	const int *takes; /* options, OPTION_COUNT ends them */
};

/* Reads its command line.  1: help was asked for and given; ERR_USAGE where
 * it does not take one of the options. */
int tables_words(int argc, char **argv, const struct table_command *c,
		 struct query_words *ret, struct err *e);

/* From --format, --limit and --bytes. */
int tables_read(const struct query_words *w, struct tables *ret, struct err *e);

/* From --output; NULL is standard output. */
int tables_open(struct tables *t, const char *path, struct err *e);

/* Prints all rows; the caller ends them. */
int tables_put(struct tables *t, const struct table_words *words,
	       struct rows *rows, struct err *e);

/* Adds lines to what will be said; names in them may be anybody's. */
void tables_say(struct tables *t, const char *lines);

/* What is there so far goes out, where the result is no file. */
void tables_flush(struct tables *t);

/* Either releases t. */
int tables_close(struct tables *t, struct err *e);
void tables_drop(struct tables *t);

#endif
