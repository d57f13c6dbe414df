/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What need not be opened: objects whose stamps have not changed.
 */
#ifndef AUDIT_KNOWN_H
#define AUDIT_KNOWN_H

#include "audit/write.h"

/* Marks what has not changed since the last audit; its records and numbers
 * come from there. */
int use_known(const struct writer *w, struct measured *m,
	      struct object_ids *objects, struct err *e);

#endif
