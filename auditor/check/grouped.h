/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers in sentences: 12345678 as "12,345,678".
 */
#ifndef CHECK_GROUPED_H
#define CHECK_GROUPED_H

#include <stdint.h>

#define GROUPED_MAX 40

/* Returns ret. */
const char *grouped_number(int64_t n, char ret[GROUPED_MAX]);

#endif
