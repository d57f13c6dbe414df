/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How calls work on the machines that are decoded.
 */
#ifndef CODE_DECODE_MACHINE_H
#define CODE_DECODE_MACHINE_H

#include "code/code_object.h"
#include "code/decode/insn.h"

/* NULL for ISA_NONE. */
const struct machine *machine_of_isa(enum code_isa isa);

void code_lifted_release(struct code_lifted *l);

#endif
