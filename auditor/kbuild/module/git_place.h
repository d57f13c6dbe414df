/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The repository that a kernel's sources are in, found and held to be theirs.
 * Runs in the child processes of git_info.c and git_history.c alone, which
 * end with all that is held here.
 */
#ifndef KBUILD_MODULE_GIT_PLACE_H
#define KBUILD_MODULE_GIT_PLACE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include <git2.h>

#include "kbuild/git_wire.h"

struct git_place {
	git_repository *repo;
	git_commit *head;
	git_tree *tree;
	char prefix[PATH_MAX]; /* of source in the work tree, "" or "a/b/" */
	char why[GIT_WHY_MAX]; /* GIT_REFUSED: the reason */
};

/*
 * Starts libgit2 and opens the repository whose HEAD tracks the Makefile of
 * source.  linked: only the built tree says that they are its sources, so
 * they must be a kernel's, with a Kbuild.  p is all zeros before.
 */
enum git_answer git_place_open(struct git_place *p, const char *source,
			       bool linked);

#endif
