/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stat cache: stamps of files that need not be opened again, of a tree on
 * this machine.
 *
 * Errors: ERR_DB where SQLite refuses, ERR_NOMEM.
 */
#ifndef STORE_STAMPS_H
#define STORE_STAMPS_H

#include "store/audit.h"

int store_stamps_load(struct store *s, const char *root,
		      struct stamp_cache *ret, struct err *e);

/* NULL where path is not known. */
const struct stamp_entry *stamp_cache_find(const struct stamp_cache *c,
					   const char *path);
void stamp_cache_release(struct stamp_cache *c);
int store_stamp_put(struct store *s, int64_t tree, const char *path,
		    const struct file_stamp *stamp, int64_t footprint,
		    int64_t placement_set, int64_t message_cache,
		    int64_t message_set, int64_t content_set, struct err *e);
/* Of a stamp that is there. */
int store_stamp_messages(struct store *s, int64_t tree, const char *path,
			 int64_t message_cache, int64_t message_set,
			 struct err *e);
int store_stamp_drop(struct store *s, int64_t tree, const char *path,
		     struct err *e);

#endif
