/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Images and where their sections were placed: rows of a transaction
 * (store/store.h).
 *
 * Errors: ERR_DB where SQLite refuses, ERR_NOMEM.
 */
#ifndef STORE_IMAGE_H
#define STORE_IMAGE_H

#include "store/audit.h"

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

#endif
