/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One question to libgit2, in a child process with limits: of processor time,
 * of time on the clock, of memory.  Private to kbuild/.
 */
#ifndef KBUILD_GIT_ASK_H
#define KBUILD_GIT_ASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/child.h"
#include "support/err.h"

/* Address space of a child that runs libgit2: the largest index of a pack is
 * some 400 MB. */
#define GIT_MEMORY_MAX ((uint64_t)2 << 30)

struct git_output {
	char *data;   /* malloc'ed; NULL: nothing came */
	size_t len;   /* bytes */
	char how[64]; /* how the child ended, for messages: "git in it %s" */
};

/* What run writes within so many seconds, at most max bytes.  It may be cut
 * short: the caller judges len.  Fails only where no child can be started or
 * memory is out; *ret is for git_output_release else. */
int git_ask(child_function *run, void *arg, unsigned int seconds, size_t max,
	    struct git_output *ret, struct err *e);
void git_output_release(struct git_output *a);

/* The hash of a commit in hex (SHA-1 or SHA-256), and nothing else. */
bool git_is_id(const char *text);

#endif
