/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ancestors of a commit, down to those that are known already, by libgit2
 * in a child process with limits (git_info.h says why).  What is asked of a
 * large repository is bounded, too: the newest 50,000 commits, for a second
 * and a half; the rest stays unknown.
 *
 *	git_history_start; (other work); git_history_take, or git_history_end
 */
#ifndef KBUILD_GIT_HISTORY_H
#define KBUILD_GIT_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/commit_graph.h"
#include "support/child.h"
#include "support/err.h"
#include "support/u64map.h"

#define GIT_ID_MAX 72
#define GIT_SUBJECT_MAX 1001

struct git_history_job {
	const char *source; /* absolute, symbolic links resolved */
	bool linked;	    /* as git_read.h */
	const char *rev;    /* whatever git understands; NULL: HEAD */
	/* Commits whose ancestors are known (keys; the values say nothing),
	 * and some that an earlier walk did not find. */
	const struct u64map *known;
	const int64_t *cuts;
	size_t ncuts;
};

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
