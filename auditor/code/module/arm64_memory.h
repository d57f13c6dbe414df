/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * AArch64: what is loaded and stored.
 */
#ifndef CODE_MODULE_ARM64_MEMORY_H
#define CODE_MODULE_ARM64_MEMORY_H

#include "code/module/arm64_operands.h"

/* Loads and stores; false: it is none. */
bool a64_memory(struct decoder *d, const struct a64_ops *a);

#endif
