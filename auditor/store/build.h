/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A build, its objects, what was skipped of it and its caveats: rows of a
 * transaction (store/store.h).
 *
 * Errors: ERR_DB where SQLite refuses, ERR_NOMEM.
 */
#ifndef STORE_BUILD_H
#define STORE_BUILD_H

#include "store/audit.h"

/* Finds an earlier audit of the same build.  1 found and of the same state:
 * nothing to do but store_build_touch; 0 otherwise. *ret_id is its number,
 * or 0. */
int store_build_find(struct store *s, const struct build_info *b,
		     const unsigned char state[STATE_LEN], int64_t *ret_id,
		     struct err *e);

/* The fingerprint of all that a build has, but the time of its audit: two that
 * are equal say that nothing changed between. */
int store_build_digest(struct store *s, int64_t id,
		       unsigned char ret[STATE_LEN], struct err *e);
int store_build_touch(struct store *s, int64_t id, int64_t now_ns,
		      struct err *e);

/* Replaces the build of number id (0: a new one). */
int store_build_put(struct store *s, const struct build_info *b, int64_t id,
		    const unsigned char state[STATE_LEN], int64_t now_ns,
		    int64_t *ret_id, struct err *e);

/* placement_set: of store_placement_set, or 0; message_set: of
 * store_message_set, or 0; content_set: of store_content_set, or 0. */
int store_object(struct store *s, int64_t build, const char *path,
		 int64_t footprint, enum object_role role,
		 int64_t placement_set, int64_t message_set,
		 int64_t content_set, struct err *e);
/* The sums of each directory, once all objects are there. */
int store_branch_sizes(struct store *s, int64_t build, struct err *e);
int store_skip(struct store *s, int64_t build, int64_t ordinal,
	       const char *path, const char *reason, struct err *e);
int store_boot_file(struct store *s, int64_t build,
		    const struct tree_boot_file *f, struct err *e);
int store_remark(struct store *s, int64_t build, int64_t ordinal,
		 const char *text, struct err *e);

#endif
