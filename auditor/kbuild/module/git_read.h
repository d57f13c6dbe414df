/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the child process of git_info.c does.
 */
#ifndef KBUILD_MODULE_GIT_READ_H
#define KBUILD_MODULE_GIT_READ_H

#include <stdbool.h>

/* As git_room's read. */
int git_read(const char *source, bool linked, int out);

#endif
