/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the child process of git_history.c does.
 */
#ifndef KBUILD_MODULE_GIT_WALK_H
#define KBUILD_MODULE_GIT_WALK_H

#include "kbuild/git_job.h"

/* As git_room's walk. */
int git_walk(const struct git_history_job *job, int out);

#endif
