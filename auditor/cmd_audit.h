/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One audit, passed from step to step (cmd_audit*.c).  Nobody else includes
 * this.
 */
#ifndef CMD_AUDIT_H
#define CMD_AUDIT_H

#include <stdbool.h>

#include "kbuild/build_info.h"
#include "model/build.h"
#include "model/layout.h"
#include "model/object.h"
#include "model/tree.h"
#include "store/audit.h"
#include "support/err.h"

struct audit_options {
	const char *tree, *db;
	struct build_wish wish;
	unsigned int threads;
	bool quiet;
	bool full; /* trust no stamp: open everything */
};

/* An object of the tree on its way into the database. */
struct audit_object {
	struct object_record record;
	bool have_record;
	bool keep;	   /* the layout needs the record */
	bool cached;	   /* known by its stamp; not opened */
	bool failed;	   /* err says why */
	unsigned int want; /* ELF_WANT_* */
	int64_t footprint;
	int64_t fate;
	struct err err;
};

struct audit {
	struct audit_options options;
	int root; /* descriptor of the tree */
	int64_t started_ns;
	struct tree tree;
	struct build_info info;
	struct store *store;
	struct stamp_cache stamps;
	unsigned char state[STATE_LEN];
	bool racy; /* something changed too recently to trust its stamp */
	struct audit_object *objects; /* as tree.objects */
	struct object_record vmlinux; /* with symbols */
	bool have_vmlinux;
	struct layout layout;
	int64_t build;
	bool unchanged;
	size_t opened, skipped, remarks;
};

/* cmd_audit_state.c: the fingerprint of all that the audit depends on. */
int audit_state(struct audit *a, struct err *e);
/* True where a file was changed so near to the audit's start that another
 * change could leave the same stamp (the racy window that git's index
 * documents). */
bool audit_is_racy(const struct audit *a, const struct file_stamp *stamp);

/* cmd_audit_measure.c: opens what must be opened; stores footprints. */
int audit_measure(struct audit *a, struct err *e);

/* cmd_audit_link.c: vmlinux, its lib.a members, and its layout. */
int audit_read_vmlinux(struct audit *a, struct err *e);
int audit_link(struct audit *a, struct err *e);
/* Fills o->fate from its placements; by name where there are none (n 0). */
int audit_put_fate(struct audit *a, struct audit_object *o,
		   const struct placement *p, size_t n, struct err *e);

/* cmd_audit_write.c: the build and all that hangs on it. */
int audit_write(struct audit *a, struct err *e);

#endif
