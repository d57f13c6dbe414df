/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps of an audit and what they hand on: the tree as it was found, what
 * was measured of it, where the link put that.  None of them knows of the
 * database (audit/write.h does).  Private to audit/.
 */
#ifndef AUDIT_STEPS_H
#define AUDIT_STEPS_H

#include <stdbool.h>

#include "audit/options.h"
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
	/* Of the functions that the user adds to the search for messages. */
	unsigned char additions[AUDIT_STATE_LEN];
};

/* An object of the tree. */
struct measured_object {
	struct object_record record; /* where have_record is set */
	bool have_record;
	bool keep; /* in vmlinux: the layout needs the record */
	/* No layout tells how long its sections stay, names do: of a module,
	 * or of a vmlinux that is not there. */
	bool by_name;
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

#endif
