/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows that are stored once, however many refer to them: found by their key,
 * or put with their parts.  Private to store/copy.
 */
#ifndef STORE_COPY_SHARED_H
#define STORE_COPY_SHARED_H

#include "store/copy/copier.h"

int copy_shared(struct copier *c, int table, int64_t id, int64_t *ret,
		struct err *e);

#endif
