/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One audit, passed from step to step (cmd_audit*.c).  Nobody else includes
 * this.
 */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

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
	struct build_overrides overrides;
	unsigned int threads;
	bool quiet;
	bool full; /* trust no stamp: open everything */
};

/* An object of the tree on its way into the database. */
struct audit_object {
	struct object_record record;
	bool have_record;
	bool keep;	   /* in vmlinux: the layout needs the record */
	bool cached;	   /* known by its stamp; not opened */
	bool failed;	   /* err says why */
	unsigned int want; /* ELF_WANT_* */
	uint32_t bond;	   /* link_input.partial_link_group */
	int64_t footprint;
	int64_t placement_set;
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
	struct arena kept;	      /* of records that were not opened */
	struct object_record vmlinux; /* with symbols */
	bool have_vmlinux;
	struct layout layout;
	bool doubtful; /* the layout leaves too much unexplained */
	int64_t build;
	bool unchanged;
	size_t opened, skipped, remarks;
};

/* audit/state.c: the fingerprint of all that the audit depends on. */
int audit_state(struct audit *a, struct err *e);
/* True where a file was changed so near to the audit's start that another
 * change could leave the same stamp (the racy window that git's index
 * documents). */
bool audit_is_racy(const struct audit *a, const struct file_stamp *stamp);

/* audit/object_file.c: a descriptor, or negative.  The error is fit for a skip. */
int audit_open(const struct audit *a, const char *path, struct err *e);
/* elf_object_read of an object of the tree, by path. */
int audit_read_object(const struct audit *a, const char *path,
		      unsigned int want, struct object_record *ret,
		      struct err *e);

/* audit/release.c: fills info.release where only linked files are there;
 * leaves it where they do not tell. */
void audit_find_release(struct audit *a);

/* audit/measure.c: opens what must be opened; stores footprints. */
int audit_measure(struct audit *a, struct err *e);

/* audit/archive_members.c: which members vmlinux has of the lists that only may
 * be in it, and their order; by the symbols of both. */
int audit_members(struct audit *a, struct tree_image *image, struct err *e);
/* Adds to the tree's remarks. */
int audit_remark(struct audit *a, struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* audit/partial_link.c: sections of objects that ld -r had joined are aligned as
 * its output was, in the records and for the time of the layout only. */
struct bonds {
	struct bond_align *v;
	size_t n, capacity;
};
int audit_bonds_align(struct audit *a, const struct tree_image *image,
		      struct bonds *ret, struct err *e);
void audit_bonds_restore(struct bonds *bonds);

/* audit/layout.c: vmlinux and its layout. */
int audit_read_vmlinux(struct audit *a, struct err *e);
int audit_link(struct audit *a, struct err *e);
/* Fills o->placement set from its placements; by name where there are none (n 0). */
int audit_put_placement_set(struct audit *a, struct audit_object *o,
			    const struct placement *p, size_t n, struct err *e);

/* audit/write.c: the build and all that hangs on it. */
int audit_write(struct audit *a, struct err *e);

#endif
