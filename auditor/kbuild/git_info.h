/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The commit of a source tree, by libgit2.  A library and not `git`: it starts
 * no program that the repository's configuration names (fsmonitor, filters,
 * hooks), and a tree from a stranger may name one.  It runs in a child
 * process with 5 s and 2 GiB: it would wait for a FIFO, and read a file of
 * any size.
 */
#ifndef KBUILD_GIT_INFO_H
#define KBUILD_GIT_INFO_H

#include "model/build.h"
#include "support/err.h"

/*
 * Fills commit_id, commit_ns, subject and dirty of *b from the repository
 * that tracks the Makefile of source; dirty stays as it is, with a remark,
 * where that alone took too long.  1 done; 0 where no repository does;
 * ERR_IO with the reason where one is there and cannot be read.
 */
int git_info_read(const char *source, struct build_info *b, struct err *e);

#endif
