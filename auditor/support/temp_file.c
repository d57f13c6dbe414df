/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/temp_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Left to others: a sixteenth of the file system, at most this. */
#define LEFT_MAX ((uint64_t)1 << 30)

const char *temp_dir(void)
{
	const char *dir = getenv("TMPDIR");

	return dir && *dir ? dir : "/tmp";
}

int temp_file(const char *dir, struct err *e)
{
	char path[4096];
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0)
		return fd;
	/* A file system that cannot. */
	snprintf(path, sizeof(path), "%s/kmemdb-XXXXXX", dir);
	fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0)
		return err_set_errno(
			e, ERR_IO,
			"cannot make a temporary file in '%s': set TMPDIR",
			dir);
	unlink(path);
	return fd;
}

bool temp_file_has_room(int fd, uint64_t bytes, uint64_t *ret_free)
{
	struct statvfs vfs;
	uint64_t left;

	if (fstatvfs(fd, &vfs))
		return true;
	left = (uint64_t)vfs.f_blocks * vfs.f_frsize / 16;
	left = left < LEFT_MAX ? left : LEFT_MAX;
	*ret_free = (uint64_t)vfs.f_bavail * vfs.f_frsize;
	return *ret_free >= bytes + left;
}
