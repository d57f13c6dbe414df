/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long a section's memory stays, judged by its name alone: for modules,
 * whose loader goes by names, and for a vmlinux whose link is not known.
 * Where the link is known, its placement decides: by names alone a fifth of
 * what a 6.1 kernel on x86 frees after boot would be called resident.
 */
#ifndef LINK_LIFETIME_BY_NAME_H
#define LINK_LIFETIME_BY_NAME_H

#include "model/object.h"

enum section_lifetime lifetime_by_name(const struct obj_section *s,
				       bool module);

#endif
