/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the child process of git_trailers.c does.
 */
#ifndef KBUILD_MODULE_GIT_TRAILERS_READ_H
#define KBUILD_MODULE_GIT_TRAILERS_READ_H

#include "kbuild/trailers.h"

/* As git_room's trailers. */
int git_trailers_answer(const struct trailers_question *q, int out);

#endif
