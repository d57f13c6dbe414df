/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `audit --verify`: every object is read a second time through libbfd, and
 * what that says is compared with what the database has: text, data, bss,
 * and of each symbol its section, place and size.
 *
 * libbfd runs in a child process; where it crashes on an object, that object
 * is reported and the others go on.
 */
#ifndef AUDIT_VERIFY_H
#define AUDIT_VERIFY_H

#include <stddef.h>
#include <stdint.h>

#include "store/store.h"
#include "support/arena.h"
#include "support/err.h"

struct verify_job {
	struct store *store; /* in its transaction */
	int64_t build;
	/* Opens an object: a descriptor, or negative.  Called in the child,
	 * which keeps nothing but the descriptor root. */
	int (*open)(void *ctx, const char *path, struct err *e);
	void *ctx;
	int root;
};

struct verify_difference {
	const char *path;
	const char *text; /* "'path': what differs" */
};

struct verify_result {
	size_t objects, agreed; /* that were compared, and do agree */
	size_t symbols;		/* of those that agree */
	size_t unsized;		/* objects whose symbol sizes libbfd hid */
	struct verify_difference *differences;
	size_t ndifferences;
	struct arena arena;
};

/* The caller releases *ret with verify_release, also after an error. */
int audit_verify(const struct verify_job *job, struct verify_result *ret,
		 struct err *e);
void verify_release(struct verify_result *r);

#endif
