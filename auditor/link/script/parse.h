/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading a linker script.  Private to link/.
 */
#ifndef LINK_SCRIPT_PARSE_H
#define LINK_SCRIPT_PARSE_H

#include "link/script/script.h"

/*
 * What cannot be read is passed over and counted.  0, or negative, with e
 * filled, when memory is out.  The caller releases *s (stmt.h).
 */
int script_parse(struct script *s, const char *text, size_t len, struct err *e);

#endif
