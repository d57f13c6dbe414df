/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The modules of a tree.  Private to kbuild/.  0 or a negative error, with
 * e filled.
 */
#ifndef KBUILD_MODULES_H
#define KBUILD_MODULES_H

#include "kbuild/builder.h"

/* An image for each line of modules.order. */
int modules_read(struct builder *b, struct err *e);

#endif
