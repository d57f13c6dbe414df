/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the child process of git_info.c does, and what comes back through its
 * pipe: a struct git_reply, then, where that has a commit, one byte, its
 * enum dirty_state.  Private to git_info.c.
 */
#ifndef KBUILD_GIT_READ_H
#define KBUILD_GIT_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "kbuild/git_place.h"

struct git_reply {
	int32_t answer; /* enum git_answer */
	int32_t has_subject;
	int64_t commit_s, author_s;
	/* With a NUL in each; the reader believes none of it. */
	char commit_id[72];
	char subject[1024];
	char why[GIT_WHY_MAX]; /* GIT_REFUSED */
};

/* Of the sources at source, to out.  linked: only the built tree says that
 * they are its sources, so they must be a kernel's, with a Kbuild.  Returns an
 * exit status. */
int git_read(const char *source, bool linked, int out);

#endif
