/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The kernel release, where only linked files are there.
 */
#ifndef AUDIT_RELEASE_H
#define AUDIT_RELEASE_H

#include "audit/steps.h"

/* The release where only linked files are there, in arena; NULL where they do
 * not tell. */
const char *audit_find_release(const struct audit_input *in,
			       struct arena *arena);

#endif
