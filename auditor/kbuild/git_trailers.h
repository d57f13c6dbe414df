/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the authors of a change say of it, in lines "Footprint: reason" at the
 * end of their commits' messages (trailers, as git itself finds them).  Read
 * by libgit2 in a child process with limits, as kbuild/git_info.h.
 */
#ifndef KBUILD_GIT_TRAILERS_H
#define KBUILD_GIT_TRAILERS_H

#include "kbuild/trailers.h"
#include "support/err.h"

/*
 * Of all commits that are reachable from commit and not from base.  Where base
 * is NULL or not in the repository: of a merge, those that it brings in, else
 * of the commit alone.  A repository that is not there, or does not have the
 * commit, is a note.  The caller's words are commits in hex.
 */
int git_trailers_read(const char *source, const char *commit, const char *base,
		      const char *key, struct git_trailers *ret, struct err *e);

/* Of one message, as a text. */
int git_trailers_of(const char *message, const char *key,
		    struct git_trailers *ret, struct err *e);

#endif
