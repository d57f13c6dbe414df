/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One audit: a built tree is measured, laid out and written to a database, in
 * one transaction.
 */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include <stdbool.h>

#include "audit/verify.h"
#include "kbuild/build_info.h"
#include "model/layout.h"
#include "support/arena.h"
#include "support/err.h"

struct audit_options {
	const char *tree, *db;
	struct build_overrides overrides;
	unsigned int threads;
	bool quiet;  /* no progress on a terminal */
	bool full;   /* trust no stamp: open everything */
	bool verify; /* read every object again, through libbfd */
};

/* What a summary says.  All counts are of files; sizes are bytes. */
struct audit_result {
	int64_t build; /* number in the database */
	int64_t started_ns;
	/* The database has of this build what it had before: nothing was
	 * opened, or all that was is equal. */
	bool unchanged;
	size_t objects, opened, skipped;
	const char *release, *arch, *commit_id; /* NULL: not known */

	/* Only of one that opened something: */
	size_t vmlinux_objects, module_objects, modules;
	bool have_vmlinux;
	bool linked_only;	  /* linked files without their objects */
	uint64_t text, data, bss; /* of vmlinux, as binutils size */
	enum layout_source layout;
	size_t checked, agreed; /* symbols of vmlinux: model/layout.h */
	struct remarks remarks;

	/* Only with options.verify. */
	struct verify_result verified;

	struct arena arena;
};

/*
 * Strings of options are borrowed for the call.  Objects that cannot be read
 * are counted in skipped and are no error.  ERR_IO or ERR_FORMAT where the
 * tree cannot be used, ERR_DB where the database cannot: it is as before
 * then.  The caller releases *ret.
 */
int audit_run(const struct audit_options *options, struct audit_result *ret,
	      struct err *e);
void audit_result_release(struct audit_result *r);

#endif
