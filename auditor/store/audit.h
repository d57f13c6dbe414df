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
	/* store/message_rows.h; 0: none */
	int64_t message_cache, message_set;
	int64_t content_set; /* of one whose symbols were read; else 0 */
	enum footprint_detail detail;
};

/* What earlier audits of a tree know of its objects, by path. */
struct stamp_cache {
	int64_t tree; /* its number, for the calls below */
	struct stamp_entry *entries;
	size_t count;
	struct strmap by_path; /* -> index into entries */
};

/* ---- a build ---- */

#define STATE_LEN 16

/* What these rows hold.  Another number makes the next audit of a build
 * write them anew (audit/state.c). */
#define STORE_MAP_VERSION 5

#endif
