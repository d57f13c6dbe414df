/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps of an audit and what they hand on: the tree as it was found, what
 * was measured of it, where the link put that.  None of them knows of the
 * database (audit/write.h does).  Private to audit/.
 */
#ifndef AUDIT_STEPS_H
#define AUDIT_STEPS_H

#include <stdbool.h>

#include "audit/audit.h"
#include "model/build.h"
#include "model/layout.h"
#include "model/object.h"
#include "model/tree.h"
#include "support/err.h"

#define AUDIT_STATE_LEN 16

/* The tree as it was found.  Later steps add remarks to it, and the layout
 * settles which of its objects are in vmlinux. */
struct audit_input {
	const struct audit_options *options;
	int root; /* descriptor of the tree */
	int64_t started_ns;
	struct tree tree;
	struct build_info info;
};

/* An object of the tree. */
struct measured_object {
	struct object_record record; /* where have_record is set */
	bool have_record;
	bool keep;	   /* in vmlinux: the layout needs the record */
	bool cached;	   /* known by its stamp; not opened */
	unsigned int want; /* ELF_WANT_* */
	enum err_code failed;
	char *reason; /* fit for a skip; NULL where it did not fail */
};

struct measured {
	struct measured_object *objects; /* as tree.objects */
	size_t nobjects;
	struct object_record vmlinux; /* with symbols */
	bool have_vmlinux;
	size_t opened;
	/* All records of vmlinux's members are there at once: bytes they have,
	 * and may have. */
	size_t kept_bytes, kept_max;
	struct arena kept; /* of records that were not opened */
};

/* Who takes what was measured, one at a time, on the calling thread and in
 * order: a record that nobody keeps is gone when the call returns. */
struct measure_sink {
	void *context;
	int (*object)(void *context, size_t object,
		      const struct measured_object *o, struct err *e);
	/* record NULL: it is not there, or, with reason, cannot be read. */
	int (*image)(void *context, size_t image,
		     const struct object_record *record, const char *reason,
		     struct err *e);
};

/* Where vmlinux's objects are in it. */
struct laid_out {
	bool have_layout;
	struct layout layout; /* inputs: members that have a record, in order */
	bool doubtful;	      /* too much of it is unexplained */
};

/* ---- audit/audit.c ---- */

/* Adds to the tree's remarks. */
int audit_remark(struct tree *t, struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* ---- audit/state.c ---- */

/* The fingerprint of all that an audit depends on, and whether one of the
 * files is racy. */
int audit_state(const struct audit_input *in,
		unsigned char ret_state[AUDIT_STATE_LEN], bool *ret_racy,
		struct err *e);
/* True where a file was changed so near to the audit's start that another
 * change could leave the same stamp (the racy window that git's index
 * documents). */
bool audit_is_racy(int64_t started_ns, const struct file_stamp *stamp);

/* ---- audit/object_file.c ---- */

/* A descriptor, or negative.  The error is fit for a skip. */
int audit_open(const struct audit_input *in, const char *path, struct err *e);
/* elf_object_read of an object of the tree, by path. */
int audit_read_object(const struct audit_input *in, const char *path,
		      unsigned int want, struct object_record *ret,
		      struct err *e);

/* ---- audit/release.c ---- */

/* The release where only linked files are there, in arena; NULL where they do
 * not tell. */
const char *audit_find_release(const struct audit_input *in,
			       struct arena *arena);

/* ---- audit/measure.c ---- */

/* vmlinux itself, and what is to be read of each object.  In this order:
 * start, then (audit/known.c) what need not be opened, objects, images. */
int measure_start(struct audit_input *in, struct measured *ret, struct err *e);
int measure_objects(const struct audit_input *in, struct measured *m,
		    const struct measure_sink *sink, struct err *e);
int measure_images(const struct audit_input *in, const struct measured *m,
		   const struct measure_sink *sink, struct err *e);
void measured_release(struct measured *m);

/* ---- audit/layout.c ---- */

/* Settles which objects are in vmlinux (their role, the image's members), and
 * lays them out. */
int lay_out(struct audit_input *in, const struct measured *m,
	    struct laid_out *ret, struct err *e);
/* More than 0.1 % of the image is unexplained: something is placed wrongly. */
bool layout_is_doubtful(const struct layout *l, int64_t *ret_unexplained,
			int64_t *ret_image);

/*
 * How long each section of a record stays, and the output section's name or
 * NULL: both have record->nsections entries.  By place: p[0..n) are the
 * record's, and output sections are of the image.  By name: of a module, or
 * of vmlinux where nothing better is known.
 */
void placements_by_place(const struct laid_out *l,
			 const struct object_record *image,
			 const struct object_record *record,
			 const struct placement *p, size_t n,
			 const char **outputs, unsigned char *lifetimes);
void placements_by_name(const struct object_record *record, bool module,
			const char **outputs, unsigned char *lifetimes);

#endif
