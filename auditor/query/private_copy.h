/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A database as it was before a write that is not complete, for a reader who
 * changes nothing beside it: file and journal are copied into a private
 * folder, and the journal is rolled back there.
 *
 * It serves two ends.  A writer that was killed leaves a journal; and one that
 * is at work keeps readers out while it writes pages into the file itself,
 * which a large import does for long.
 *
 * Errors: ERR_IO where it cannot be copied, ERR_DB where it cannot be read as a
 * database, ERR_NOMEM.
 */
#ifndef QUERY_PRIVATE_COPY_H
#define QUERY_PRIVATE_COPY_H

#include "query/stop.h"
#include "support/err.h"

struct private_copy {
	char *dir;  /* NULL: none */
	char *file; /* the database in it */
};

/*
 * 1: *ret is a copy, in $TMPDIR; 0: there is no journal, or it ended
 * meanwhile, so the database itself can be read.  name is for messages.
 */
int private_copy_make(const char *file, const char *name,
		      const struct query_stop *stop, struct private_copy *ret,
		      struct err *e);

/* Removes it; whoever has it open can go on reading. */
void private_copy_remove(struct private_copy *c);

#endif
