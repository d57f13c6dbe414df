/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sections that a statement takes and the link has not.  Private to link/.
 */
#ifndef LINK_SCRIPT_DROP_H
#define LINK_SCRIPT_DROP_H

#include "link/work.h"
#include "link/script/script.h"

/*
 * After all statements have their sections: takes out those of members that
 * were not linked, and what --gc-sections drops; counts both in w.  lld: as in
 * link/gc.h.  0 or negative, with e filled.
 */
int script_drop(struct script *s, struct link_work *w, bool lld, struct err *e);

#endif
