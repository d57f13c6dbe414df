/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parts of reading the image vmlinux; private to vmlinux*.c.  Each adds
 * to the newest image, in the order of the link.
 */
#ifndef KBUILD_VMLINUX_H
#define KBUILD_VMLINUX_H

#include "kbuild/builder.h"

/* Whether vmlinux.a is there, and of the kernel that was built last. */
bool vmlinux_is_listed(struct builder *b);

/* Before 6.1: the head objects, the lists of the root or of the directories
 * below it, lib.a. */
int vmlinux_read_older(struct builder *b, struct err *e);

/* lib/lib.a and the architecture's, where nothing records the libraries. */
int vmlinux_usual_libs(struct builder *b, bool on_demand, struct err *e);

/* The objects that are compiled for the link and stand behind vmlinux.a. */
int vmlinux_link_objects(struct builder *b, struct err *e);

/* Those that are made from an earlier link and stand last. */
int vmlinux_kallsyms(struct builder *b, struct err *e);

#endif
