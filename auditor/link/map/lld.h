/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lld's map.  Private to link/.
 */
#ifndef LINK_MAP_LLD_H
#define LINK_MAP_LLD_H

#include "link/map/sink.h"

bool linkmap_is_lld(const struct link_job *job);
/* Reads the job's map into m.  0 or negative, with e filled. */
int linkmap_read_lld(struct linkmap *m, struct err *e);

#endif
