/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ARM unwind index: GNU ld drops entries that say the same as the one
 * before, and adds an end where code without unwind data follows.
 * Private to link/.
 */
#ifndef LINK_EXIDX_H
#define LINK_EXIDX_H

#include "link/work.h"
#include "link/script/script.h"

/* Sets the sizes of all .ARM.exidx sections and puts them in the order of
 * the code they describe.  0 or negative, with e filled. */
int exidx_edit(struct link_work *w, struct script *s, struct err *e);

#endif
