/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The builds of a database and the history of their sources, for lineage/.
 * It takes the connection alone, so that SQL functions can use it, too.
 */
#ifndef QUERY_LINEAGE_READ_H
#define QUERY_LINEAGE_READ_H

#include <sqlite3.h>

#include "lineage/lineage.h"
#include "model/commit_graph.h"
#include "query/config_likeness.h"
#include "support/err.h"

struct lineage_read {
	struct lineage lineage;
	struct config_likeness configs;
	struct intern texts; /* labels, architectures, compilers */
};

/*
 * more: commits that the database need not know, or NULL.  The caller
 * releases *ret, also after an error.  It must not be moved: lineage points
 * into it.
 */
int lineage_read(sqlite3 *db, const struct commit_graph *more,
		 struct lineage_read *ret, struct err *e);
void lineage_read_release(struct lineage_read *r);

/* "dirty, config" of enum lineage_unlike; "" of 0. */
#define LINEAGE_WORDS_MAX 64
const char *lineage_unlike_words(unsigned int unlike,
				 char ret[LINEAGE_WORDS_MAX]);
/* NULL for LINEAGE_NO_BASE. */
const char *lineage_how_word(enum lineage_how how);

#endif
