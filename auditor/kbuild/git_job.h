/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the history of a commit is asked for with (git_history.h).
 */
#ifndef KBUILD_GIT_JOB_H
#define KBUILD_GIT_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/u64map.h"

struct git_history_job {
	const char *source; /* absolute, symbolic links resolved */
	bool linked;	    /* as git_room.h */
	const char *rev;    /* whatever git understands; NULL: HEAD */
	/* Commits whose ancestors are known (keys; the values say nothing),
	 * and where earlier walks have ended. */
	const struct u64map *known;
	const int64_t *cuts;
	size_t ncuts;
	bool only_cuts; /* rev is known: it is about them */
};

#endif
