/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libgit2's only home: the commit of a source tree.  A library and not
 * `git`: it starts no program that the repository's configuration names
 * (fsmonitor, filters, hooks), and a tree from a stranger may name one.
 */
#ifndef KBUILD_GIT_INFO_H
#define KBUILD_GIT_INFO_H

#include "model/build.h"
#include "support/err.h"

/*
 * Fills commit_id, commit_ns, subject and dirty of *b from the repository
 * that tracks the Makefile of source.  1 done; 0 where no repository does;
 * ERR_IO with the reason where one is there and cannot be read.
 */
int git_info_read(const char *source, struct build_info *b, struct err *e);

#endif
