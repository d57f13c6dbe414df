/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists of objects as kernels before 4.17 have them.  Private to kbuild/.
 */
#ifndef KBUILD_OLD_LISTS_H
#define KBUILD_OLD_LISTS_H

#include "kbuild/builder.h"

/* Takes archives that are named .o off the objects: they are lists.  Not
 * before all images have their members.  0 or negative, with e filled. */
int old_lists_drop(struct builder *b, struct err *e);

#endif
