/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an audit writes.  All of it between store_begin and store_commit.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include <stdbool.h>

#include "model/build.h"
#include "model/layout.h"
#include "model/object.h"
#include "model/tree.h"
#include "store/store.h"
#include "support/strmap.h"

/* ---- stat cache ---- */

/* How much of an object was read: footprint.full.  Stored. */
enum footprint_detail {
	FOOTPRINT_BRIEF = 0, /* sections only (derived objects) */
	FOOTPRINT_SYMBOLS,   /* by version 1: without where calls return to */
	FOOTPRINT_FULL,
};

struct stamp_entry {
	struct file_stamp stamp;
	int64_t footprint;
	int64_t placement_set; /* of a module's objects; else 0 */
	enum footprint_detail detail;
};

/* What earlier audits of a tree know of its objects, by path. */
struct stamp_cache {
	int64_t tree; /* its number, for the calls below */
	struct stamp_entry *entries;
	size_t count;
	struct strmap by_path; /* -> index into entries */
};

int store_stamps_load(struct store *s, const char *root,
		      struct stamp_cache *ret, struct err *e);
/* NULL where path is not known. */
const struct stamp_entry *stamp_cache_find(const struct stamp_cache *c,
					   const char *path);
void stamp_cache_release(struct stamp_cache *c);

int store_stamp_put(struct store *s, int64_t tree, const char *path,
		    const struct file_stamp *stamp, int64_t footprint,
		    int64_t placement_set, struct err *e);
int store_stamp_drop(struct store *s, int64_t tree, const char *path,
		     struct err *e);

/* ---- content ---- */

/* The number of a measured object; stored only where it is new. */
int store_footprint(struct store *s, const struct object_record *r, bool full,
		    int64_t *ret_id, struct err *e);
/* Likewise of a linked file's sections. */
int store_linked_image(struct store *s, const struct object_record *r,
		       int64_t *ret_id, struct err *e);

/* ---- a build ---- */

#define STATE_LEN 16

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

/* placement set: of store_fate, or 0. */
int store_object(struct store *s, int64_t build, const char *path,
		 int64_t footprint, enum object_role role,
		 int64_t placement_set, struct err *e);

/* Where the sections of one object went: outputs[i] is the output section's
 * name or NULL, lives[i] an enum section_life, of section i. */
int store_placement_set(struct store *s, const char *const *outputs,
			const unsigned char *lives, size_t count,
			int64_t *ret_id, struct err *e);

/* linked: of store_linked, or 0; record, layout and ret_id may be NULL. */
int store_image(struct store *s, int64_t build, const struct tree *tree,
		const struct tree_image *image, int64_t linked,
		const struct object_record *record, const struct layout *layout,
		int64_t *ret_id, struct err *e);

/* What these rows hold.  Another number makes the next audit of a build
 * write them anew (audit/state.c). */
#define STORE_MAP_VERSION 1

/* Where the code of vmlinux is (table image_map), nothing where the layout
 * places none.  members: by place in the image's member list, NULL where one has
 * no record; the layout's inputs are the others. */
int store_image_map(struct store *s, int64_t image,
		    const struct object_record *vmlinux,
		    const struct layout *layout,
		    const struct object_record *const *members, size_t nmembers,
		    struct err *e);

int store_skip(struct store *s, int64_t build, int64_t ordinal,
	       const char *path, const char *reason, struct err *e);
int store_remark(struct store *s, int64_t build, int64_t ordinal,
		 const char *text, struct err *e);

#endif
