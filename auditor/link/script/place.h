/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The linker script as the source of a layout.  Private to link/.
 */
#ifndef LINK_SCRIPT_PLACE_H
#define LINK_SCRIPT_PLACE_H

#include "link/work.h"

/* 1: all sections have their places; 0: there is no script, or nothing in it
 * could be read; or negative, with e filled. */
int script_place(struct link_work *w, struct err *e);

#endif
