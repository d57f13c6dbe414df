/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The placements and the reconcile lines of a layout.  Private to link/.
 */
#ifndef LINK_LINES_H
#define LINK_LINES_H

#include "link/work.h"

/* After all sections have their places: fills w->layout.  0 or negative, with e
 * filled. */
int link_finish(struct link_work *w, struct err *e);

#endif
