/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was measured of an object or a linked file, stored once under its
 * fingerprint: rows of a transaction (store/store.h).
 *
 * Errors: ERR_DB where SQLite refuses, ERR_NOMEM.
 */
#ifndef STORE_FOOTPRINT_H
#define STORE_FOOTPRINT_H

#include "model/module_load.h"
#include "store/audit.h"

/* The number of a measured object; stored only where it is new. */
int store_footprint(struct store *s, const struct object_record *r, bool full,
		    int64_t *ret_id, struct err *e);

/* Of what its local functions and constants contain (elf/contents.h): a number
 * for each, 8 bytes, in the order of the symbols; stored only where new. */
int store_content_set(struct store *s, const struct object_record *r,
		      int64_t *ret_id, struct err *e);

/* Likewise of a linked file's sections, and what it takes when it is loaded
 * where it is a module's. */
int store_linked_image(struct store *s, const struct object_record *r,
		       const struct module_load *load, int64_t *ret_id,
		       struct err *e);

#endif
