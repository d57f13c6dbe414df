/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the child process of git_history.c does, and what comes back through
 * its pipe: a struct git_walk_head, then 64-bit words, for each commit its
 * number, how many parents it has (-1: the repository lacks it; -2: they were
 * not asked for any more), and their numbers.  Private to git_history.c.
 */
#ifndef KBUILD_GIT_WALK_H
#define KBUILD_GIT_WALK_H

#include <stdint.h>

#include "kbuild/git_job.h"
#include "kbuild/git_place.h"

struct git_walk_head {
	int32_t answer; /* enum git_answer */
	int32_t has_subject;
	int64_t commit_s, author_s;
	char commit_id[GIT_ID_MAX];
	char subject[GIT_SUBJECT_MAX];
	char why[GIT_WHY_MAX];
};

#define GIT_WALK_LACKING (-1)
#define GIT_WALK_LEFT (-2)

/* A merge of the kernel's has 66. */
#define GIT_WALK_PARENTS_MAX 4096

/* From job's commit to those that are known, newest first, to out.  Returns
 * an exit status. */
int git_walk(const struct git_history_job *job, int out);

#endif
