/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which instruction set an ELF machine has.  Private to elf/.
 */
#ifndef ELF_ISA_H
#define ELF_ISA_H

#include <stdint.h>

#include "code/code_object.h"

/* machine: an EM_ number; ISA_NONE where its code is not decoded. */
enum code_isa isa_of_machine(uint16_t machine);

#endif
