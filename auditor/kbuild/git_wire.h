/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What comes back through the pipe of a child process that asks libgit2.  The
 * reader believes none of it.
 *
 * git_info:	a struct git_reply, then, where that has a commit, one byte,
 *		its enum dirty_state
 * git_history:	a struct git_walk_head, then 64-bit words, for each commit
 *		its number, how many parents it has (or why they are not
 *		there), and their numbers
 * git_trailers: a struct git_trailers (kbuild/trailers.h)
 */
#ifndef KBUILD_GIT_WIRE_H
#define KBUILD_GIT_WIRE_H

#include <stdint.h>

#define GIT_ID_MAX 72
#define GIT_SUBJECT_MAX 1001
#define GIT_WHY_MAX 512

enum git_answer { GIT_NO_REPOSITORY, GIT_COMMIT, GIT_REFUSED };

struct git_reply {
	int32_t answer; /* enum git_answer */
	int32_t has_subject;
	int64_t commit_s, author_s;
	/* With a NUL in each. */
	char commit_id[GIT_ID_MAX];
	char subject[1024];
	char why[GIT_WHY_MAX]; /* GIT_REFUSED */
};

struct git_walk_head {
	int32_t answer; /* enum git_answer */
	int32_t has_subject;
	int64_t commit_s, author_s;
	char commit_id[GIT_ID_MAX];
	char subject[GIT_SUBJECT_MAX];
	char why[GIT_WHY_MAX];
};

/* Instead of a number of parents: the repository lacks the commit; they were
 * not asked for any more. */
#define GIT_WALK_LACKING (-1)
#define GIT_WALK_LEFT (-2)

/* A merge of the kernel's has 66. */
#define GIT_WALK_PARENTS_MAX 4096

#endif
