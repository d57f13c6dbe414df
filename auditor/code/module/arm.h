/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ARM and Thumb to steps.
 */
#ifndef CODE_MODULE_ARM_H
#define CODE_MODULE_ARM_H

#include "code/module/lift.h"

/* One instruction, where_add done. */
void lift_arm(struct decoder *d, const cs_insn *i, bool thumb);

#endif
