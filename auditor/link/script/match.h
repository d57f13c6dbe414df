/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which statement of the script gets which input section.  Private to link/.
 */
#ifndef LINK_SCRIPT_MATCH_H
#define LINK_SCRIPT_MATCH_H

#include "link/work.h"
#include "link/script/script.h"

/*
 * Gives each section of w to the first statement that matches it: fills
 * secs and output of the statements, and output and state of the sections
 * (nowhere and SEC_UNSEEN where no statement matches).  order is the order
 * in which the linker meets the sections; lld: it is lld (link/gc.h).  0 or
 * negative, with e filled.
 */
int script_match(struct script *s, struct link_work *w, const uint32_t *order,
		 bool lld, struct err *e);

#endif
