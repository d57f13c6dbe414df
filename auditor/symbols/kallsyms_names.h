/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of addresses from the text of /proc/kallsyms.
 */
#ifndef SYMBOLS_KALLSYMS_NAMES_H
#define SYMBOLS_KALLSYMS_NAMES_H

#include "symbols/kallsyms_line.h"

/*
 * Names n addresses, as %pS does, where there is no build to ask.  Sorts
 * them.  An address farther than a megabyte from any symbol stays nameless.
 */
void kallsyms_names(const char *text, size_t len, struct kallsyms_name *names,
		    size_t n);

#endif
