/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/input_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/temp_file.h"

/* Written before the room is looked at again. */
#define STEP ((uint64_t)64 << 20)

int input_read_all(struct input *in, size_t max, char **ret, size_t *ret_len,
		   struct err *e)
{
	size_t len = 0, room = 0, n = 0;
	char *all = NULL;
	const char *p;

	do {
		if (input_read(in, &p, &n, e))
			goto fail;
		if (n > max - len) {
			err_set(e, ERR_SIZE, "'%s' is larger than %zu bytes",
				in->name, max);
			goto fail;
		}
		if (len + n + 1 > room) {
			char *more = realloc(all, room = (len + n + 1) * 2);

			if (!more) {
				err_nomem(e);
				goto fail;
			}
			all = more;
		}
		memcpy(all + len, p, n);
		len += n;
	} while (n);
	all[len] = '\0';
	*ret = all;
	*ret_len = len;
	return 0;
fail:
	free(all);
	return -(int)e->code;
}

static int write_all(int fd, const char *p, size_t len)
{
	while (len) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0) {
			p += n;
			len -= (size_t)n;
		}
	}
	return 0;
}

/* Called before len bytes are written; dir is NULL where there is no need. */
static int ask_room(const struct input *in, int fd, const char *dir,
		    struct err *e)
{
	uint64_t bytes = 0;

	if (!dir || temp_file_has_room(fd, STEP, &bytes))
		return 0;
	return err_set(
		e, ERR_IO,
		"too little room in '%s' for a copy of '%s' (%llu MiB are free): set TMPDIR to a directory with more",
		dir, in->name, (unsigned long long)(bytes >> 20));
}

static int copy(struct input *in, int fd, const char *dir, struct err *e)
{
	uint64_t asked = 0, written = 0;
	const char *p = NULL;
	size_t len = 0;

	do {
		if (input_read(in, &p, &len, e))
			return -(int)e->code;
		if (written + len >= asked) {
			if (ask_room(in, fd, dir, e))
				return -(int)e->code;
			asked = written + STEP;
		}
		if (write_all(fd, p, len))
			return err_set_errno(e, ERR_IO,
					     "cannot write a copy of '%s'",
					     in->name);
		written += len;
	} while (len);
	return 0;
}

int input_copy(struct input *in, int fd, struct err *e)
{
	return copy(in, fd, NULL, e);
}

/* damage: where to put what may be passed over, or NULL. */
static int copy_of(struct input *in, int *ret_fd, struct err *damage,
		   struct err *e)
{
	const char *dir = temp_dir();
	int fd = temp_file(dir, e);

	if (fd < 0)
		return fd;
	if (copy(in, fd, dir, e)) {
		if (damage && (e->code == ERR_FORMAT || e->code == ERR_SIZE)) {
			*damage = *e;
			*ret_fd = fd;
			return 0;
		}
		close(fd);
		return -(int)e->code;
	}
	*ret_fd = fd;
	return 0;
}

static int seekable(struct input *in, int *ret_fd, struct err *damage,
		    struct err *e)
{
	int fd = -1;

	if (!in->plain_file || in->unpacking) {
		if (copy_of(in, &fd, damage, e))
			return -(int)e->code;
	} else {
		fd = fcntl(in->fd, F_DUPFD_CLOEXEC, 3);
	}
	if (fd < 0 || lseek(fd, 0, SEEK_SET) < 0) {
		err_set_errno(e, ERR_IO, "cannot read '%s'", in->name);
		if (fd >= 0)
			close(fd);
		return -(int)e->code;
	}
	*ret_fd = fd;
	return 0;
}

int input_seekable(struct input *in, int *ret_fd, struct err *e)
{
	return seekable(in, ret_fd, NULL, e);
}

int input_seekable_part(struct input *in, int *ret_fd, struct err *damage,
			struct err *e)
{
	damage->code = ERR_NONE;
	return seekable(in, ret_fd, damage, e);
}
