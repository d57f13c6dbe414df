/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ancestors of a commit, down to those that are known already, by libgit2
 * in a child process with limits (git_info.h says why).  What is asked of a
 * large repository is bounded, too: 50,000 commits and a second and a half,
 * and 5,000 where no known commit can be met any more.  Where a walk ended is
 * told, and the next one goes on from there if its own commit is older.
 *
 *	git_history_start; (other work); git_history_take, or git_history_end
 */
#ifndef KBUILD_GIT_HISTORY_H
#define KBUILD_GIT_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kbuild/git_job.h"
#include "kbuild/git_wire.h"
#include "model/commit_graph.h"
#include "support/child.h"
#include "support/err.h"

struct git_history {
	struct child child;
};

struct git_history_result {
	bool found; /* a repository that is the sources', and rev in it */
	char commit_id[GIT_ID_MAX];
	int64_t commit_ns, author_ns; /* 0: not known */
	bool has_subject;
	char subject[GIT_SUBJECT_MAX];
	struct commit_graph graph;
	/* "" or why there is less than could be. */
	char why[256];
};

/* job must not live longer than the call. */
int git_history_start(const struct git_history_job *job,
		      struct git_history *ret, struct err *e);
/* Waits for it, 5 s at most.  A repository that cannot be read is no error:
 * why says so.  The caller releases ret->graph. */
int git_history_take(struct git_history *h, struct git_history_result *ret,
		     struct err *e);
/* Both, one after the other. */
int git_history_ask(const struct git_history_job *job,
		    struct git_history_result *ret, struct err *e);
/* Nothing is wanted any more; all zeros and CHILD_INIT are fine. */
void git_history_end(struct git_history *h);

#endif
