/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The walk over a tree.  Private to kbuild/.
 */
#ifndef KBUILD_SCAN_H
#define KBUILD_SCAN_H

#include "kbuild/builder.h"

/* Finds every object, module, list and command below the root; what cannot be
 * read becomes a skip.  0 or negative, with e filled. */
int scan_tree(struct builder *b, struct err *e);

#endif
