/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How compilers write that a size does not fit.
 */
#ifndef CODE_FLOW_LARGEST_SIZE_H
#define CODE_FLOW_LARGEST_SIZE_H

#include <stdbool.h>
#include <stdint.h>

bool is_largest_size(uint64_t k, uint8_t word);

#endif
