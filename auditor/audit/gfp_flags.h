/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bits of GFP flags, which differ from kernel to kernel.
 */
#ifndef AUDIT_GFP_FLAGS_H
#define AUDIT_GFP_FLAGS_H

#include "audit/steps.h"

/*
 * __GFP_NOWARN of this tree: from the table of names that the kernel prints
 * flags with (mm/debug.o, 4.6 on), else from its header.  0 where neither
 * tells.  Only memory that is out is an error.
 */
int gfp_nowarn_bit(const struct audit_input *in, uint64_t *ret, struct err *e);

#endif
