/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The maps of GNU ld and lld, beside a script that helps where a map is of
 * another link.
 */
#include "link_job.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char script[] =
		"SECTIONS { . = 0x1000; .text : { *(.text) *(.text.unlikely) } .rodata : { *(.rodata .rodata.*) } .data : { *(.data) } }";
	struct link_fixture f;

	if (!size)
		return 0;
	size = job_start(&f, &data, size);
	job_run(&f, (const uint8_t *)script, sizeof(script) - 1, data, size);
	return 0;
}
