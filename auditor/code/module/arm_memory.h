/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ARM and Thumb: what is loaded and stored.
 */
#ifndef CODE_MODULE_ARM_MEMORY_H
#define CODE_MODULE_ARM_MEMORY_H

#include "code/module/arm_operands.h"

/* Loads, stores, push, pop; false: it is none. */
bool arm_memory(struct decoder *d, const struct arm_ops *a);

/* tbb and tbh: the table of halved distances follows. */
void arm_table_jump(struct decoder *d, const struct arm_ops *a, uint8_t size);

#endif
