/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a build or trace says, without the numbers of this or that database:
 * so that of two of one moment the same one stays, whichever comes first.
 * Rows of table allocation are left out: the log's digest is part of a
 * trace's identity.  Private to store/copy.
 */
#ifndef STORE_COPY_CANON_H
#define STORE_COPY_CANON_H

#include <stdint.h>

#include "store/copy/copier.h"
#include "support/digest.h"

/* Of a row of table, in db, which is one of the copier's two. */
int canon_digest(struct copier *c, sqlite3 *db, int table, int64_t id,
		 unsigned char ret[DIGEST_LEN], struct err *e);

#endif
