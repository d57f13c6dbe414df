/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What spares decoding the code of an object again, and looking up its lines:
 * rows of a transaction (store/store.h).
 *
 * Errors: ERR_DB where SQLite refuses, ERR_NOMEM.
 */
#ifndef STORE_MESSAGE_CACHE_H
#define STORE_MESSAGE_CACHE_H

#include "store/message_rows.h"
#include "support/strmap.h"

/* Fills file and line of m's findings that have none from set, which is of the
 * same object: the code has not changed.  Texts are made in a. */
int store_message_lines(struct store *s, int64_t set,
			const struct section_numbers *sections,
			struct object_messages *m, struct arena *a,
			struct err *e);

/* ---- what spares decoding ---- */

#define MESSAGE_CONTENT_LEN 16

/* content -> number, of all that earlier audits saved.  The caller releases
 * the map. */
int store_message_contents(struct store *s, struct strmap *ret, struct err *e);

/* 1: *ret_saved and *ret_sections are in a; 0: there is none of that number,
 * or a damaged one. */
int store_message_cache_load(struct store *s, int64_t id, struct arena *a,
			     unsigned char ret_content[MESSAGE_CONTENT_LEN],
			     struct section_numbers *ret_sections,
			     const unsigned char **ret_saved,
			     size_t *ret_saved_len, struct err *e);
/* Keeps m->saved under m->content. */
int store_message_cache(struct store *s, const struct object_messages *m,
			const struct section_numbers *sections, int64_t *ret_id,
			struct err *e);

#endif
