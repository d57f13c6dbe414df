/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The objects that exist only for the link of vmlinux.  Private to kbuild/.
 * Both add to the newest image, in the order of the link, and return 0 or a
 * negative error, with e filled.
 */
#ifndef KBUILD_VMLINUX_LINK_H
#define KBUILD_VMLINUX_LINK_H

#include "kbuild/builder.h"

/* The objects that are compiled for the link and come after vmlinux.a. */
int vmlinux_link_objects(struct builder *b, struct err *e);

/* Those that are made from an earlier link and come last. */
int vmlinux_kallsyms(struct builder *b, struct err *e);

#endif
