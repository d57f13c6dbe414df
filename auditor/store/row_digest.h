/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The hash of what a statement returns.  Private to store/.
 *
 * Errors: ERR_DB where SQLite refuses.
 */
#ifndef STORE_ROW_DIGEST_H
#define STORE_ROW_DIGEST_H

#include "store/statements.h"
#include "support/digest.h"

/* Of all its rows, in their order. */
int store_rows_digest(struct store *s, enum statement which,
		      const struct value *values, int nvalues,
		      unsigned char ret[DIGEST_LEN], struct err *e);

#endif
