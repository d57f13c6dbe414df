/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Holds two readings of one object against each other.  Pure.
 */
#ifndef AUDIT_VERIFY_COMPARE_H
#define AUDIT_VERIFY_COMPARE_H

#include "bfd/bfd_room.h"
#include "store/reading.h"
#include "support/arena.h"

/*
 * NULL in *ret where both agree, else the first difference in words, in a.
 * Names are compared with counters stripped, since objects that differ in
 * nothing else share a footprint; mapping symbols of ARM, AArch64 and RISC-V
 * ($a, $d, $x) are left out.  0, or -1 when memory is out.
 */
int verify_compare(const struct stored_reading *stored,
		   const struct second_reading *second, struct arena *a,
		   const char **ret);

#endif
