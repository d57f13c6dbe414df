/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Symbols against placements.  Private to link/.
 */
#ifndef LINK_VERIFY_H
#define LINK_VERIFY_H

#include "link/work.h"

/* Counts in the layout how many symbols were looked up, and how many agree. */
void link_verify_layout(struct link_work *w);

#endif
