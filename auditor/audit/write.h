/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one place of an audit that writes to the database, and what earlier
 * audits left there.  Private to audit/.
 */
#ifndef AUDIT_WRITE_H
#define AUDIT_WRITE_H

#include "audit/steps.h"
#include "link/module_load.h"
#include "store/audit.h"
#include "store/message_rows.h"
#include "support/arena.h"

/* Numbers in the database; 0: none. */
struct object_ids {
	int64_t footprint, placement_set, message_set, message_cache;
	int64_t content_set;
	int64_t known_set; /* its messages in the last audit of the tree */
	/* Of an object that was opened. */
	struct section_numbers sections;
};

struct writer {
	struct store *store;
	const struct audit_input *in;
	const struct measured *measured;
	const struct laid_out *laid_out;
	struct stamp_cache stamps;
	struct object_ids *objects; /* as tree.objects */
	struct module_rules rules;  /* of the kernel's loader of modules */
	int64_t build;		    /* 0: not there yet */
	/* Of what the database had of the build, where it was there. */
	unsigned char before[STATE_LEN];
	bool was_there;
	int64_t nskips;
	size_t skipped; /* all that the build lacks */
	struct arena arena;
};

/* ---- between store_begin and store_commit ---- */

/* 1: the build is there, and of that state. */
int writer_start(struct writer *w, struct store *store,
		 const struct audit_input *in,
		 const unsigned char state[AUDIT_STATE_LEN], struct err *e);
/* Nothing but the time is new. */
int writer_touch(struct writer *w, struct err *e);
/* What takes the objects' records, before there is a build, and those of the
 * images after writer_build. */
struct measure_sink writer_sink(struct writer *w);
/* In this order: what was laid out, the build and its objects, (images by the
 * sink,) the rest. */
int writer_build(struct writer *w, const struct measured *m,
		 const struct laid_out *l,
		 const unsigned char state[AUDIT_STATE_LEN], struct err *e);
int writer_finish(struct writer *w, struct err *e);
/* After all of it: is what the database has of the build what it had? */
int writer_unchanged(struct writer *w, bool *ret, struct err *e);
void writer_release(struct writer *w);

#endif
