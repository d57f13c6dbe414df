/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whole captures, and bare logs.
 */
#include "capture_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	capture_check(data, size);
	return 0;
}
