/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The image vmlinux.  Private to kbuild/.
 */
#ifndef KBUILD_VMLINUX_H
#define KBUILD_VMLINUX_H

#include "kbuild/builder.h"

/* Which objects it was linked from, in the order of the link.  The first image
 * that is read.  0 or negative, with e filled. */
int vmlinux_read(struct builder *b, struct err *e);

#endif
