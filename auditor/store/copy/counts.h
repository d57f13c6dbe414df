/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What became of the builds and traces that somebody brought.
 */
#ifndef STORE_COPY_COUNTS_H
#define STORE_COPY_COUNTS_H

#include <stddef.h>

struct copy_counts {
	size_t builds_added, builds_replaced, builds_known;
	size_t traces_added, traces_replaced, traces_known;
	size_t footprints; /* new ones */
};

#endif
