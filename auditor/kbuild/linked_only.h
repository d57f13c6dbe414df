/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Linked files without the objects that they were linked from.  Private to
 * kbuild/.  Both return 0 or a negative error, with e filled.
 */
#ifndef KBUILD_LINKED_ONLY_H
#define KBUILD_LINKED_ONLY_H

#include "kbuild/builder.h"

/* A tree without objects: its vmlinux and its modules. */
int linked_only_read(struct builder *b, struct err *e);

/* A single linked file, by its name in the root. */
int linked_only_read_file(struct builder *b, const char *name, struct err *e);

#endif
