/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/module/lift.h"

void lift_arm(struct decoder *d, const cs_insn *i, bool thumb)
{
	(void)i;
	(void)thumb;
	emit(d, OP_TRAP);
}
