/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What libgit2 is asked.  It is a module of its own (kmemdb-git.so): libgit2
 * brings what it needs to clone from servers, which took longer to load than
 * all the rest of the program.
 *
 * Each function runs in a child process, writes its answer (git_wire.h) to out
 * and returns an exit status; nothing is freed, for the process ends.
 */
#ifndef KBUILD_GIT_ROOM_H
#define KBUILD_GIT_ROOM_H

#include <stdbool.h>

#include "kbuild/git_job.h"
#include "kbuild/trailers.h"
#include "support/err.h"

struct git_room {
	/* Of the sources at source.  linked: only the built tree says that
	 * they are its sources, so they must be a kernel's, with a Kbuild. */
	int (*read)(const char *source, bool linked, int out);
	/* From job's commit to those that are known, newest first. */
	int (*walk)(const struct git_history_job *job, int out);
	int (*trailers)(const struct trailers_question *q, int out);
};

/* Loads the module; called in the child that uses it, beside whose loading
 * the parent goes on.  ERR_IO where it is missing. */
int git_room_load(const struct git_room **ret, struct err *e);

#endif
