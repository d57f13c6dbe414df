/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history of what was built: the commit's ancestors, down to those that
 * the database knows.  Asked while objects are measured, and written after.
 * Private to audit/.
 */
#ifndef AUDIT_HISTORY_H
#define AUDIT_HISTORY_H

#include "audit/steps.h"
#include "kbuild/git_history.h"
#include "store/history.h"

struct audit_history {
	struct git_history asked;
	bool running;
};

/* Between store_begin and store_commit.  Where the commit is not known, or
 * its ancestors are, nothing is asked. */
int audit_history_start(const struct audit_input *in, struct store *store,
			struct audit_history *ret, struct err *e);
/* Writes what was found, and tells info of a commit that was only named; what
 * was not found is a remark. */
int audit_history_finish(struct audit_history *h, struct store *store,
			 struct build_info *info, struct err *e);
/* Nothing is wanted of it. */
void audit_history_end(struct audit_history *h);

#endif
