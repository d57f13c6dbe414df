/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The linking of objects to images, from what Kbuild left in a built tree:
 * vmlinux.a, built-in.a, lib.a, modules.order, .mod and .cmd files.
 * Rules and versions: facts in README, "How objects are linked to images".
 */
#ifndef KBUILD_KBUILD_TREE_H
#define KBUILD_KBUILD_TREE_H

#include "model/tree.h"
#include "support/err.h"

/*
 * Reads the tree at root (in-tree or an O= directory; or modules without the
 * rest, or a linked file).  Everything in it is
 * hostile: names, links, sizes and file contents are bounded and checked;
 * nothing outside root is opened, symbolic links to directories are not
 * followed.  What cannot be used goes to skips.
 *
 * ERR_IO where root cannot be read, ERR_FORMAT where it is not a built kernel
 * tree (neither a vmlinux, vmlinux.a or built-in.* nor modules.order): the
 * message says what was looked for.  The caller releases *ret.
 */
int kbuild_tree_read(const char *root, struct tree *ret, struct err *e);

#endif
