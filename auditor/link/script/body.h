/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside an output section.  Private to link/.
 */
#ifndef LINK_SCRIPT_BODY_H
#define LINK_SCRIPT_BODY_H

#include "link/script/script.h"

/* At the '{' of an output section: all to its '}'.  0; 1 where there is no
 * '{'; or negative, with e filled, when memory is out. */
int script_body(struct script *s, struct script_text *t, struct err *e);

#endif
