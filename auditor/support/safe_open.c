/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/safe_open.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void close_keeping_errno(int fd)
{
	int saved = errno;

	close(fd);
	errno = saved;
}

/* One component; "." is a directory's own name, ".." is refused. */
static int open_step(int dirfd, const char *name, size_t len, int flags)
{
	char step[NAME_MAX + 1];

	if (len > NAME_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(step, name, len);
	step[len] = '\0';
	if (strcmp(step, "..") == 0) {
		errno = EXDEV;
		return -1;
	}
	return openat(dirfd, step, flags | O_NOFOLLOW | O_CLOEXEC);
}

int safe_open_by_steps(int dirfd, const char *path, int flags)
{
	int at = dirfd;

	if (*path == '/' || *path == '\0') {
		errno = *path ? EXDEV : ENOENT;
		return -1;
	}
	for (;;) {
		size_t len = strcspn(path, "/");
		const char *rest = path + len + strspn(path + len, "/");
		int next = open_step(at, path, len,
				     *rest ? O_PATH | O_DIRECTORY : flags);

		if (at != dirfd)
			close_keeping_errno(at);
		if (next < 0 || !*rest)
			return next;
		at = next;
		path = rest;
	}
}

int safe_open(int dirfd, const char *path, int flags)
{
	const unsigned int all = (unsigned int)(flags | O_CLOEXEC | O_NOFOLLOW);
	struct open_how how = {
		.flags = all,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
	};
	long fd = syscall(SYS_openat2, dirfd, path, &how, sizeof(how));

	/* Sandboxes answer EPERM to system calls they do not know. */
	if (fd < 0 && (errno == ENOSYS || errno == EPERM))
		return safe_open_by_steps(dirfd, path, flags);
	return (int)fd;
}

/* Reads until len bytes or the file's end; files of a build that is still
 * running may be shorter by now than fstat said. */
static int read_up_to(int fd, char *data, size_t len, size_t *ret_got)
{
	size_t got = 0;

	while (got < len) {
		ssize_t n = read(fd, data + got, len - got);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		got += (size_t)n;
	}
	*ret_got = got;
	return 0;
}

static int read_file(int dirfd, const char *path, size_t max, bool start_only,
		     char **ret_data, size_t *ret_len)
{
	int fd = safe_open(dirfd, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	struct stat st;
	char *data = NULL;
	size_t len;
	int r = -1;

	if (fd < 0 || fstat(fd, &st))
		goto out;
	errno = EINVAL;
	if (!S_ISREG(st.st_mode))
		goto out;
	errno = EFBIG;
	if (!start_only && (uint64_t)st.st_size > max)
		goto out;
	len = (uint64_t)st.st_size > max ? max : (size_t)st.st_size;
	data = malloc(len + 1);
	if (!data || read_up_to(fd, data, len, &len))
		goto out;
	data[len] = '\0';
	*ret_data = data;
	*ret_len = len;
	data = NULL;
	r = 0;
out:
	free(data);
	if (fd >= 0)
		close_keeping_errno(fd);
	return r;
}

int safe_read(int dirfd, const char *path, size_t max, char **ret_data,
	      size_t *ret_len)
{
	return read_file(dirfd, path, max, false, ret_data, ret_len);
}

int safe_read_start(int dirfd, const char *path, size_t max, char **ret_data,
		    size_t *ret_len)
{
	return read_file(dirfd, path, max, true, ret_data, ret_len);
}
