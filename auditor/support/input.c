/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/archive_room.h"

static ssize_t read_fd(void *ctx, void *buf, size_t size)
{
	const struct input *in = ctx;

	/* EINTR is an error, too: who catches a signal wants to be asked, and
	 * a pipe may stay silent for hours. */
	return read(in->fd, buf, size);
}

/* Reads until want bytes are there or the source ends. */
static ssize_t fill(struct input *in, char *buf, size_t have, size_t want)
{
	while (have < want) {
		ssize_t n = in->source.read(in->source.ctx, buf + have,
					    want - have);

		if (n < 0)
			return -1;
		if (n == 0)
			break;
		have += (size_t)n;
	}
	return (ssize_t)have;
}

static bool is_compressed(const char *p, size_t len)
{
	static const struct {
		const char *magic;
		size_t len;
	} known[] = {
		{ "\x1f\x8b", 2 },
		{ "\xfd"
		  "7zXZ\0",
		  6 },
		{ "\x28\xb5\x2f\xfd", 4 },
		{ "\x04\x22\x4d\x18", 4 },
		{ "BZh", 3 },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (len >= known[i].len &&
		    memcmp(p, known[i].magic, known[i].len) == 0)
			return true;
	}
	return false;
}

/* First what was sniffed, then the rest. */
static ssize_t packed_bytes(void *ctx, const void **ret, const char **ret_why)
{
	struct input *in = ctx;
	ssize_t n;

	(void)ret_why; /* raw_errno says more */
	*ret = in->raw;
	if (!in->raw_done) {
		in->raw_done = true;
		return (ssize_t)in->raw_len;
	}
	n = in->source.read(in->source.ctx, in->raw, INPUT_CHUNK);
	if (n > 0)
		in->packed += (uint64_t)n;
	if (n < 0)
		in->raw_errno = errno;
	return n;
}

int input_too_large(const struct input *in, struct err *e)
{
	if (in->max_bytes)
		return err_set(
			e, ERR_SIZE,
			"'%s' unpacks to more than %llu MiB: if that is right, unpack it first",
			in->name, (unsigned long long)(in->max_bytes >> 20));
	return err_set(
		e, ERR_SIZE,
		"'%s' unpacks to more than %d times its size, or more than %llu GiB: if that is right, unpack it first, or allow it with --max-size",
		in->name, INPUT_RATIO, (unsigned long long)(INPUT_MAX >> 30));
}

static bool is_too_large(const struct input *in)
{
	if (in->max_bytes)
		return in->unpacked > in->max_bytes;
	return in->unpacked > INPUT_MAX ||
	       (in->unpacked > INPUT_RATIO_FREE &&
		in->unpacked / INPUT_RATIO > in->packed);
}

int input_errno(const struct err *e)
{
	if (e->code == ERR_SIZE)
		return EFBIG;
	return e->code == ERR_FORMAT ? EBADMSG : EIO;
}

/* The source returned -1: an archive that is truncated is no I/O error. */
static int source_failed(const struct input *in, int why, struct err *e)
{
	if (why == EFBIG)
		return input_too_large(in, e);
	if (why == EBADMSG)
		return err_set(e, ERR_FORMAT, "'%s' is damaged or truncated",
			       in->name);
	errno = why;
	return err_set_errno(e, ERR_IO, "cannot read '%s'", in->name);
}

static int unpacking_failed(const struct input *in, struct err *e)
{
	if (in->raw_errno)
		return source_failed(in, in->raw_errno, e);
	return err_set(e, ERR_FORMAT,
		       "compressed data of '%s' is damaged or truncated: %s",
		       in->name, in->room->why(in->unpacking));
}

static int begin_unpacking(struct input *in, struct err *e)
{
	struct packed_source source = { in, packed_bytes };
	int r = archive_room_load(&in->room, e);

	if (r)
		return r;
	r = in->room->open_stream(source, &in->unpacking);
	if (!in->unpacking)
		return err_nomem(e);
	return r ? unpacking_failed(in, e) : 0;
}

/* Adds at most size bytes at buf; *ret_n 0 at the end. */
static int next_bytes(struct input *in, char *buf, size_t size, size_t *ret_n,
		      struct err *e)
{
	ssize_t n;

	if (in->unpacking) {
		n = in->room->read(in->unpacking, buf, size);
		if (n < 0)
			return unpacking_failed(in, e);
		in->unpacked += (uint64_t)n;
		if (is_too_large(in))
			return input_too_large(in, e);
	} else {
		n = in->source.read(in->source.ctx, buf, size);
		if (n < 0)
			return source_failed(in, errno, e);
	}
	*ret_n = (size_t)n;
	return 0;
}

/* The head of the decompressed data into buf. */
static int read_head(struct input *in, struct err *e)
{
	struct err ignored;
	size_t n = 0;

	while (in->held < INPUT_HEAD) {
		/* Damage after good bytes is reported when they are read. */
		if (next_bytes(in, in->buf + in->held, INPUT_HEAD - in->held,
			       &n, in->held ? &ignored : e))
			return in->held ? 0 : -(int)e->code;
		if (n == 0)
			break;
		in->held += n;
	}
	return 0;
}

/* Finds out whether it is compressed, and reads the head. */
static int begin(struct input *in, struct err *e)
{
	ssize_t n;

	in->buf = malloc(INPUT_CHUNK);
	if (!in->buf)
		return err_nomem(e);
	n = fill(in, in->buf, 0, 8);
	if (n < 0)
		return source_failed(in, errno, e);
	if (is_compressed(in->buf, (size_t)n)) {
		in->raw = malloc(INPUT_CHUNK);
		if (!in->raw)
			return err_nomem(e);
		memcpy(in->raw, in->buf, (size_t)n);
		in->raw_len = (size_t)n;
		in->packed = (uint64_t)n;
		if (begin_unpacking(in, e))
			return -(int)e->code;
	} else {
		in->held = (size_t)n;
	}
	return read_head(in, e);
}

static int begin_or_close(struct input *in, struct err *e)
{
	int r = begin(in, e);

	if (r)
		input_close(in);
	return r;
}

int input_open_source(struct input *in, const char *name,
		      struct input_source source, struct err *e)
{
	*in = (struct input){
		.name = name,
		.source = source,
		.fd = -1,
	};
	return begin_or_close(in, e);
}

/* With in->fd there, or errno. */
static int begin_fd(struct input *in, struct err *e)
{
	struct stat st;

	in->source = (struct input_source){ in, read_fd };
	if (in->fd < 0)
		return err_set_errno(e, ERR_IO, "cannot open '%s'", in->name);
	if (fstat(in->fd, &st)) {
		err_set_errno(e, ERR_IO, "cannot read '%s'", in->name);
		input_close(in);
		return -(int)e->code;
	}
	if (S_ISDIR(st.st_mode)) {
		err_set(e, ERR_IO, "'%s' is a directory: name a file",
			in->name);
		input_close(in);
		return -(int)e->code;
	}
	in->plain_file = S_ISREG(st.st_mode) && lseek(in->fd, 0, SEEK_CUR) == 0;
	return begin_or_close(in, e);
}

int input_open(struct input *in, const char *path, struct err *e)
{
	bool std = strcmp(path, "-") == 0;

	*in = (struct input){
		.name = std ? "standard input" : path,
		.fd = std ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
			  : open(path, O_RDONLY | O_CLOEXEC),
	};
	return begin_fd(in, e);
}

int input_open_fd(struct input *in, const char *name, int fd, struct err *e)
{
	*in = (struct input){ .name = name, .fd = fd };
	return begin_fd(in, e);
}

void input_set_max(struct input *in, uint64_t max_bytes)
{
	in->max_bytes = max_bytes;
}

void input_head(const struct input *in, const char **ret, size_t *ret_len)
{
	*ret = in->buf;
	*ret_len = in->held;
}

int input_read(struct input *in, const char **ret, size_t *ret_len,
	       struct err *e)
{
	size_t n = 0;

	if (in->held) {
		n = in->held;
		in->held = 0;
	} else if (next_bytes(in, in->buf, INPUT_CHUNK, &n, e)) {
		return -(int)e->code;
	}
	*ret = in->buf;
	*ret_len = n;
	return 0;
}

void input_close(struct input *in)
{
	if (in->unpacking)
		in->room->close(in->unpacking);
	if (in->fd >= 0)
		close(in->fd);
	free(in->buf);
	free(in->raw);
	*in = (struct input){ .fd = -1 };
}
