/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The linker script, read and replayed on a small link.
 */
#include "link_job.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct link_fixture f;

	if (!size)
		return 0;
	size = job_start(&f, &data, size);
	job_run(&f, data, size, NULL, 0);
	return 0;
}
