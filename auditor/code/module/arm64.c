/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/module/lift.h"

void lift_arm64(struct decoder *d, const cs_insn *i)
{
	(void)i;
	emit(d, OP_TRAP);
}
