/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening files of a tree that strangers wrote: never outside of it, never
 * through a symbolic link, never blocking on a FIFO.
 *
 * openat2(RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS) where the kernel has it
 * (5.6), else one component at a time with O_NOFOLLOW, which promises the
 * same and costs a system call more for every directory.
 */
#ifndef SUPPORT_SAFE_OPEN_H
#define SUPPORT_SAFE_OPEN_H

#include <stddef.h>
#include <sys/types.h>

/* A descriptor, or -1 with errno.  path is relative; no component may be
 * ".." or a symbolic link.  O_CLOEXEC and O_NOFOLLOW are added to flags. */
int safe_open(int dirfd, const char *path, int flags);

/* What safe_open does on old kernels; here for its tests. */
int safe_open_by_steps(int dirfd, const char *path, int flags);

/*
 * Reads the regular file at path whole, with a NUL after its end that does
 * not count.  0, or -1 with errno: EFBIG where it is larger than max, EINVAL
 * where it is no regular file.  The caller frees *ret_data.
 */
int safe_read(int dirfd, const char *path, size_t max, char **ret_data,
	      size_t *ret_len);

/* As safe_read, but only the first max bytes of what may be more. */
int safe_read_start(int dirfd, const char *path, size_t max, char **ret_data,
		    size_t *ret_len);

#endif
