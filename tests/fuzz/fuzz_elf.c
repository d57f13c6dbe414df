/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ELF reader on any bytes: an error or a record that closes.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "elf/elf_object.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct object_record r;
	struct err e;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0 || elf_object_init(&e) < 0)
		abort();
	if (write(fd, data, size) == (ssize_t)size &&
	    elf_object_read(fd, ELF_WANT_SYMBOLS | ELF_WANT_MERGE_CONTENT, &r,
			    &e) == 0) {
		uint64_t all = 0, own = 0;

		for (size_t i = 0; i < r.nsections; i++)
			all += r.sections[i].size - r.sections[i].unattributed;
		for (size_t i = 0; i < r.nsymbols; i++)
			own += r.symbols[i].own;
		if (all != own)
			abort();
		object_record_release(&r);
	}
	close(fd);
	return 0;
}
