/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/pair/changes.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/temp_file.h"

#define SIZE sizeof(struct change_record)
/* Written before the room is looked at again. */
#define STEP ((uint64_t)64 << 20)

void changes_release(struct changes *c)
{
	free(c->records);
	if (c->has_file)
		close(c->fd);
	*c = (struct changes){ .count = 0 };
}

static int write_all(int fd, const void *data, size_t len)
{
	const char *p = data;

	while (len) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno != EINTR)
			return errno;
		if (n > 0) {
			p += n;
			len -= (size_t)n;
		}
	}
	return 0;
}

static int flush(struct changes *c)
{
	uint64_t ignored_free;
	struct err ignored;
	int r;

	if (!c->has_file) {
		c->fd = temp_file(temp_dir(), &ignored);
		if (c->fd < 0)
			return errno ? errno : EIO;
		c->has_file = true;
	}
	/* First, and before each step. */
	if ((c->written * SIZE) % STEP < c->count * SIZE &&
	    !temp_file_has_room(c->fd, STEP, &ignored_free))
		return ENOSPC;
	r = write_all(c->fd, c->records, c->count * SIZE);
	c->written += c->count;
	c->count = 0;
	return r;
}

void changes_room(struct changes *c)
{
	if (c->failed)
		return;
	if (!c->records) {
		c->records = malloc((CHANGES_BUFFER + 2) * SIZE);
		c->failed = c->records ? 0 : ENOMEM;
	} else {
		c->failed = flush(c);
	}
}

void changes_correct(struct changes *c, uint64_t number, uint32_t site,
		     bool cache)
{
	uint32_t what = site << 2 | (uint32_t)cache << 1;

	if (c->failed)
		return;
	if (number >= c->written)
		c->records[number - c->written].what = what;
	else if (pwrite(c->fd, &what, sizeof(what), (off_t)(number * SIZE)) !=
		 (ssize_t)sizeof(what))
		c->failed = errno ? errno : EIO;
}

static int read_all(int fd, void *data, size_t len, uint64_t offset)
{
	char *p = data;

	while (len) {
		ssize_t n = pread(fd, p, len, (off_t)offset);

		if (n == 0)
			return EIO;
		if (n < 0 && errno != EINTR)
			return errno;
		if (n > 0) {
			p += n;
			len -= (size_t)n;
			offset += (uint64_t)n;
		}
	}
	return 0;
}

int changes_next(struct changes *c, struct changes_reader *r,
		 const struct change_record **ret, size_t *ret_count)
{
	uint64_t left;

	if (c->failed)
		return c->failed;
	/* What is left in the buffer is read from the file, too. */
	if (c->written && c->count && (c->failed = flush(c)))
		return c->failed;
	left = c->written + c->count - r->at;
	*ret_count = left < CHANGES_BUFFER ? (size_t)left : CHANGES_BUFFER;
	*ret = c->records;
	if (c->written && *ret_count)
		c->failed = read_all(c->fd, c->records, *ret_count * SIZE,
				     r->at * SIZE);
	r->at += *ret_count;
	return c->failed;
}
