/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order in which the linker met the sections.  Private to link/.
 */
#ifndef LINK_SCRIPT_ORDER_H
#define LINK_SCRIPT_ORDER_H

#include "link/work.h"

struct script_order {
	uint32_t *secs;	      /* all of link_work.secs */
	uint64_t *name_align; /* composite: of all sections of a name */
};

/*
 * That of the inputs; where "ld -r" had joined some, those of one name are
 * together.  composite: it had joined all but those of the final link.  *ret
 * lives in link_work.scratch.  0 or negative, with e filled.
 */
int script_order_make(struct link_work *w, bool composite,
		      struct script_order *ret, struct err *e);

#endif
