/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the builder's growing arrays to the model's sorted, final ones.  Private
 * to kbuild/.  Both return 0 or a negative error, with e filled.
 */
#ifndef KBUILD_FINISH_H
#define KBUILD_FINISH_H

#include "kbuild/builder.h"

/* Sorts the objects; nothing may be added after that. */
int builder_sort(struct builder *b, struct err *e);

/* Moves everything into *ret; the builder is empty then. */
int builder_finish(struct builder *b, const char *root, struct tree *ret,
		   struct err *e);

#endif
