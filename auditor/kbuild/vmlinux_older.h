/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The image vmlinux before 6.1.  Private to kbuild/.  What adds, adds to the
 * newest image in the order of the link, and returns 0 or a negative error,
 * with e filled.
 */
#ifndef KBUILD_VMLINUX_OLDER_H
#define KBUILD_VMLINUX_OLDER_H

#include "kbuild/builder.h"

/* Whether vmlinux.a is there, and of the kernel that was built last. */
bool vmlinux_is_listed(struct builder *b);

/* The head objects, the lists of the root or of the directories below it,
 * lib.a. */
int vmlinux_read_older(struct builder *b, struct err *e);

/* lib/lib.a and the architecture's, where nothing records the libraries. */
int vmlinux_usual_libs(struct builder *b, bool on_demand, struct err *e);

#endif
