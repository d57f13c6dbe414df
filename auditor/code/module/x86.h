/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * i386 and x86-64 to steps.
 */
#ifndef CODE_MODULE_X86_H
#define CODE_MODULE_X86_H

#include "code/module/x86_decoded.h"

/* One instruction, where_add done. */
void lift_x86(struct decoder *d, const struct x86_decoded *i);

#endif
