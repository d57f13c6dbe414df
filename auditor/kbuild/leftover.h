/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The objects that no image took.  Private to kbuild/.  0 or a negative error, with
 * e filled.
 */
#ifndef KBUILD_LEFTOVER_H
#define KBUILD_LEFTOVER_H

#include "kbuild/builder.h"

/* Gives each of them its role.  After builder_sort. */
int leftover_read(struct builder *b, struct err *e);

#endif
