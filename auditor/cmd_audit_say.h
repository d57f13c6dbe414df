/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The summary of an audit, for people, on stderr.
 */
#ifndef CMD_AUDIT_SAY_H
#define CMD_AUDIT_SAY_H

#include "audit/options.h"

/* full: all of it, even where nothing changed. */
void audit_say(const struct audit_result *r, const char *db, bool full);

#endif
