/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GNU ld's map.  Private to link/.
 */
#ifndef LINK_MAP_GNU_H
#define LINK_MAP_GNU_H

#include "link/map/sink.h"

/* Reads the job's map into m.  0 or negative, with e filled. */
int linkmap_read_gnu(struct linkmap *m, struct err *e);

#endif
