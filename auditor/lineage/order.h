/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The builds of a history, newest first.  Private to lineage/.
 */
#ifndef LINEAGE_ORDER_H
#define LINEAGE_ORDER_H

#include "lineage/builds.h"

/* Fills place of every build: no commit comes before all its children that
 * are known, and where that leaves a choice the newer one comes first. */
int order_place(struct lineage *l, struct err *e);

#endif
