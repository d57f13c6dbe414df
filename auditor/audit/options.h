/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an audit is asked for, and what it tells its caller: options and result.
 */
#ifndef AUDIT_OPTIONS_H
#define AUDIT_OPTIONS_H

#include <signal.h>
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
	/* Not 0: give up (store/store.h); NULL: never. */
	const volatile sig_atomic_t *stop;
	bool quiet;    /* no progress on a terminal */
	bool full;     /* trust no stamp: open everything */
	bool messages; /* search for those of failed allocations */
	bool verify;   /* read every object again, through libbfd */
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
	size_t findings;	/* messages of failed allocations */
	struct remarks remarks;

	/* Only with options.verify. */
	struct verify_result verified;

	struct arena arena;
};

#endif
