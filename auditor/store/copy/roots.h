/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which builds and traces are copied, and what becomes of those that are
 * there already (copy.h).
 */
#ifndef STORE_COPY_ROOTS_H
#define STORE_COPY_ROOTS_H

#include <stdint.h>

#include "support/err.h"

struct copier;

/* All builds and traces, and rows that are roots themselves. */
int copy_everything(struct copier *c, struct err *e);
/* One build and its traces, and rows that are roots themselves. */
int copy_build(struct copier *c, int64_t build, struct err *e);

#endif
