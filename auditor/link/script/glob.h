/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shell patterns as GNU ld uses them for files and sections: * ? [set] \x,
 * with * matching '/', too.  fnmatch(3) would do the same, but takes
 * exponential time for patterns that mean harm; this is at most
 * pattern times text, and the caller bounds even that.  Private to link/.
 */
#ifndef LINK_SCRIPT_GLOB_H
#define LINK_SCRIPT_GLOB_H

#include <stdbool.h>
#include <stddef.h>

bool glob_is_wild(const char *pattern, size_t len);
/* Takes the work it does from *budget, about one for each character that is
 * looked at; with none left, nothing matches and *budget is 0. */
bool glob_match(const char *pattern, size_t plen, const char *text, size_t tlen,
		size_t *budget);

#endif
