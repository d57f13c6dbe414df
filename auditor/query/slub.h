/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How large SLUB makes the slabs of a cache.
 */
#ifndef QUERY_SLUB_H
#define QUERY_SLUB_H

#include <stdint.h>

/* Pages of a slab for objects of size bytes, by the rules of mm/slub.c
 * (calculate_order) and its defaults, on a machine with that many CPUs.  0:
 * there is no such cache, or a number is absurd. */
int64_t slub_slab_pages(int64_t size, int64_t page_bytes, int64_t cpus);

#endif
