/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names that compilers and macros number anew at every build.  Two builds
 * that differ only in such numbers are the same to fingerprints and diffs,
 * so that a line inserted in a common header stores nothing new.
 *
 *	__func__.12, foo.isra.0, CSWTCH.7	every ".<digits>" becomes ".#"
 *	__UNIQUE_ID_license294			trailing digits become "#"
 *	__initcall__kmod_x__294_40_fn6		"__<digits>_<digits>_" -> "__#_#_"
 *	.LC12					".LC#"
 */
#ifndef MODEL_STRIP_COUNTERS_H
#define MODEL_STRIP_COUNTERS_H

#include "support/arena.h"

/* name itself where it holds no counter, else a copy in a; NULL when memory
 * is out.  A literal '#' in a name cannot be told from a replaced number. */
const char *strip_counters(struct arena *a, const char *name);

#endif
