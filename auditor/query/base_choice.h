/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The build that a build, or a commit that need not have been built, is to be
 * compared with: the nearest built ancestor of it, or of its merge base with
 * another commit (lineage/lineage.h has the rules), by name and with the
 * reason.
 *
 *	base_choice_open; base_choice_find for each word; base_choose;
 *	base_choice_rows; base_choice_close
 */
#ifndef QUERY_BASE_CHOICE_H
#define QUERY_BASE_CHOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/commit_graph.h"
#include "query/database.h"
#include "query/lineage_read.h"
#include "query/rows.h"
#include "support/err.h"

/* What a word means. */
struct base_subject {
	const char *word;
	uint32_t build; /* in lineage.builds, or LINEAGE_NONE */
	uint32_t node;	/* of its commit, or DAG_NONE */
};

struct base_choice {
	const struct database *d;
	struct lineage_read read;
	/* Of base_choose. */
	struct lineage_base base;
	int64_t build, commits; /* for the rows; no base: 0 and -1 */
	char why[400], unlike[LINEAGE_WORDS_MAX], of[80], merge_base[20];
};

/* more: commits that the database need not know, or NULL.  The caller closes
 * it, also after an error. */
int base_choice_open(struct base_choice *c, const struct database *d,
		     const struct commit_graph *more, struct err *e);
void base_choice_close(struct base_choice *c);

/*
 * word is a reference to a build (NULL: the newest), or a commit that the
 * history knows.  1 found; 0: it means neither, and *e says so; negative: an
 * error, as where it means several builds of one commit and any is not set.
 */
int base_choice_find(struct base_choice *c, const char *word, bool any,
		     struct base_subject *ret, struct err *e);

/* Where the sources of the subject's build, or of the newest one, are or
 * were; "" where there is no build. */
int base_choice_source(struct base_choice *c, const struct base_subject *s,
		       char *ret, size_t size, struct err *e);

/* onto: NULL for the ancestors of s itself. */
int base_choose(struct base_choice *c, const struct base_subject *s,
		const struct base_subject *onto, struct err *e);

/* One row, whether there is a base or not.  c must live as long. */
int base_choice_rows(struct base_choice *c, struct table_rows *ret,
		     struct err *e);

#endif
