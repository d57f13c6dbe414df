/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Objects on the disk, for tests that hold link/ against real linkers.
 */
#ifndef LINK_FILES_H
#define LINK_FILES_H

#include "assemble.h"

#include "elf/elf_object.h"

/* want: ELF_WANT_*.  The caller releases *ret. */
static inline void read_record(const char *dir, const char *name,
			       unsigned int want, struct object_record *ret)
{
	char path[128];
	struct err e;
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, O_RDONLY);
	assert_true(fd >= 0);
	if (elf_object_read(fd, want, ret, &e))
		fail_msg("%s", e.text);
	close(fd);
}

static inline FILE *open_file(const char *dir, const char *name,
			      const char *mode)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, mode);
	assert_non_null(f);
	return f;
}

#endif
