/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records of objects that are linked into vmlinux, kept beside their stamps:
 * a new layout has them without opening the objects.  As store/audit.h, all
 * of it between store_begin and store_commit.
 *
 * Errors: ERR_DB where SQLite refuses, ERR_NOMEM.
 */
#ifndef STORE_RECORD_LOAD_H
#define STORE_RECORD_LOAD_H

#include "model/object.h"
#include "store/store.h"

/* Keeps r (NULL: forgets what was kept); an equal row is not touched.  One
 * with each store_stamp_put or store_stamp_drop: a record that is there is
 * true of its stamp. */
int store_record_put(struct store *s, int64_t tree, const char *path,
		     const struct object_record *r, struct err *e);

/* 1 and *ret, with all that link/ and store_image_map read of a record
 * (store/record_blob.h), in arena; 0 where none was kept, or none that can
 * be used. */
int store_record_load(struct store *s, int64_t tree, const char *path,
		      struct arena *arena, struct object_record *ret,
		      struct err *e);

#endif
