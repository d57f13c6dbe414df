/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What spares the next audit of a build's tree its work: stamps, and records
 * of what was read.  True of one machine, so that nobody merges it.
 */
#ifndef STORE_COPY_CACHE_H
#define STORE_COPY_CACHE_H

#include <stdint.h>

#include "support/err.h"

struct copier;

/* After copy_build, into a database that has no other. */
int copy_cache(struct copier *c, int64_t build, struct err *e);

#endif
