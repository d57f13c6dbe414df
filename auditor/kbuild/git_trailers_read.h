/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the child process of git_trailers.c does: it writes a struct
 * git_trailers to its pipe.  Private to git_trailers.c.
 */
#ifndef KBUILD_GIT_TRAILERS_READ_H
#define KBUILD_GIT_TRAILERS_READ_H

struct trailers_question {
	const char *source, *commit, *base; /* commit NULL: message holds */
	const char *message;
	const char *key;
};

/* Returns an exit status. */
int git_trailers_answer(const struct trailers_question *q, int out);

#endif
