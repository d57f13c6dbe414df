/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The linker's map as the source of a layout.  Private to link/.
 */
#ifndef LINK_MAP_READ_H
#define LINK_MAP_READ_H

#include "link/work.h"

/* 1: all sections have their places; 0: there is no map, or it is not of this
 * link; or negative, with e filled. */
int linkmap_place(struct link_work *w, struct err *e);

#endif
