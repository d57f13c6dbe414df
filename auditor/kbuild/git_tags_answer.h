/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the child process of git_tags.c does: it writes the ids of tagged
 * commits to its pipe, and GIT_TAGS_END when that was all.  Private to
 * git_tags.c.
 */
#ifndef KBUILD_GIT_TAGS_ANSWER_H
#define KBUILD_GIT_TAGS_ANSWER_H

#define GIT_TAGS_END '.'
/* The kernel has a thousand, its vendors' trees ten thousand. */
#define GIT_TAGS_BYTES_MAX ((size_t)40 << 20)

struct tags_question {
	const char *source;
};

/* Returns an exit status. */
int git_tags_answer(const struct tags_question *q, int out);

#endif
