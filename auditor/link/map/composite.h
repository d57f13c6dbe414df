/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A map that names one object made of all others.  Private to link/.
 */
#ifndef LINK_MAP_COMPOSITE_H
#define LINK_MAP_COMPOSITE_H

#include "link/map/sink.h"

/* Lays the leaves into the sections of vmlinux.o.  0 or negative, with e
 * filled. */
int linkmap_composite(struct linkmap *m, struct err *e);

#endif
