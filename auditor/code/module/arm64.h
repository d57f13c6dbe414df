/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * AArch64 to steps.
 */
#ifndef CODE_MODULE_ARM64_H
#define CODE_MODULE_ARM64_H

#include "code/module/lift.h"

/* One instruction, where_add done. */
void lift_arm64(struct decoder *d, const cs_insn *i);

#endif
