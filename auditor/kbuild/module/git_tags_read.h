/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the child process of git_tags.c does.
 */
#ifndef KBUILD_MODULE_GIT_TAGS_READ_H
#define KBUILD_MODULE_GIT_TAGS_READ_H

/* As git_room's tags. */
int git_tags_answer(const char *source, int out);

#endif
