/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/capture/tar.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/archive_room.h"
#include "support/input_copy.h"

#define MEMBERS_MAX 10000
#define TAR_HEADER 512
#define TAR_SUM 148
#define TAR_SUM_LEN 8

bool capture_is_tar(const char *head, size_t len)
{
	uint64_t sum = 0, said = 0;
	size_t i = TAR_SUM;

	if (len < TAR_HEADER || head[0] == '\0')
		return false;
	for (size_t k = 0; k < TAR_HEADER; k++)
		sum += k >= TAR_SUM && k < TAR_SUM + TAR_SUM_LEN
			       ? ' '
			       : (unsigned char)head[k];
	while (i < TAR_SUM + TAR_SUM_LEN && head[i] == ' ')
		i++;
	if (i == TAR_SUM + TAR_SUM_LEN || head[i] < '0' || head[i] > '7')
		return false;
	for (; i < TAR_SUM + TAR_SUM_LEN && head[i] >= '0' && head[i] <= '7';
	     i++)
		said = said * 8 + (uint64_t)(head[i] - '0');
	return said == sum;
}

bool capture_is_archive(const char *head, size_t len)
{
	static const struct {
		const char *magic;
		size_t at, len;
	} known[] = {
		{ "PK\3\4", 0, 4 },	{ "7z\xbc\xaf\x27\x1c", 0, 6 },
		{ "Rar!\x1a\7", 0, 6 }, { "MSCF\0\0\0\0", 0, 8 },
		{ "070701", 0, 6 },	{ "070702", 0, 6 },
		{ "070707", 0, 6 },	{ "-lh", 2, 3 },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (len >= known[i].at + known[i].len &&
		    memcmp(head + known[i].at, known[i].magic, known[i].len) ==
			    0)
			return true;
	}
	return false;
}

static ssize_t tar_read(void *ctx, const void **ret, const char **ret_why)
{
	struct capture_tar *t = ctx;
	const char *p = NULL;
	size_t len = 0;
	struct err *e = &t->below;

	errno = 0;
	if (input_read(t->input, &p, &len, e)) {
		if (e->code == ERR_IO || e->code == ERR_SIZE)
			t->io_errno = e->code == ERR_IO && errno
					      ? errno
					      : input_errno(e);
		*ret_why = e->text;
		return -1;
	}
	*ret = p;
	return (ssize_t)len;
}

static int failed(const struct capture_tar *t, struct err *e)
{
	if (t->io_errno == EFBIG)
		return input_too_large(t->input, e);
	if (t->io_errno) {
		errno = t->io_errno;
		return err_set_errno(e, ERR_IO, "cannot read '%s'",
				     t->input->name);
	}
	return err_set(e, ERR_FORMAT,
		       "%s archive '%s' is damaged or truncated: %s",
		       t->other ? t->room->format(t->unpacking) : "tar",
		       t->input->name, t->room->why(t->unpacking));
}

/* What an open of the room's has returned. */
static int opened(struct capture_tar *t, int r, struct err *e)
{
	if (t->unpacking && r == 0)
		return 0;
	if (t->unpacking)
		failed(t, e);
	else
		err_nomem(e);
	capture_tar_close(t);
	return -(int)e->code;
}

int capture_tar_open(struct capture_tar *t, struct input *input, struct err *e)
{
	struct packed_source source = { t, tar_read };
	int r;

	*t = (struct capture_tar){ .input = input };
	r = archive_room_load(&t->room, e);
	if (r)
		return r;
	r = t->room->open_tar(source, &t->unpacking);
	return opened(t, r, e);
}

int capture_archive_open(struct capture_tar *t, struct input *input,
			 struct err *e)
{
	struct stat st;
	int r;

	*t = (struct capture_tar){ .input = input };
	r = archive_room_load(&t->room, e);
	if (r == 0)
		r = input_seekable(input, &t->fd, e);
	if (r)
		return -(int)e->code;
	t->other = true;
	if (fstat(t->fd, &st)) {
		err_set_errno(e, ERR_IO, "cannot read '%s'", input->name);
		capture_tar_close(t);
		return -(int)e->code;
	}
	t->packed = (uint64_t)st.st_size;
	r = t->room->open_other(t->fd, &t->unpacking);
	return opened(t, r, e);
}

/* A bomb: of an archive the ratio counts as of what is compressed alone. */
static bool is_too_large(const struct capture_tar *t, uint64_t bytes)
{
	return t->other &&
	       (bytes > INPUT_MAX ||
		(bytes > INPUT_RATIO_FREE && bytes / INPUT_RATIO > t->packed));
}

int capture_tar_next(struct capture_tar *t, const char **ret_base,
		     bool *ret_sparse, struct err *e)
{
	struct archive_member m;

	for (;;) {
		const char *slash;
		int r = t->room->next(t->unpacking, &m);

		if (r == 0)
			return 0;
		if (r < 0)
			return failed(t, e);
		if (++t->members > MEMBERS_MAX)
			return err_set(
				e, ERR_FORMAT,
				"'%s' has more than %d members: it is not what scripts/capture.sh saves",
				t->input->name, MEMBERS_MAX);
		/* What is passed over may have to be unpacked, too. */
		t->claimed += m.bytes;
		t->encrypted |= m.encrypted;
		if (is_too_large(t, t->claimed))
			return input_too_large(t->input, e);
		if (!m.path || !m.regular)
			continue;
		slash = strrchr(m.path, '/');
		*ret_base = slash ? slash + 1 : m.path;
		*ret_sparse = m.sparse;
		return 1;
	}
}

static ssize_t member_read(void *ctx, void *buf, size_t size)
{
	struct capture_tar *t = ctx;
	ssize_t n = t->room->read(t->unpacking, buf, size);

	if (n < 0) {
		errno = t->io_errno ? t->io_errno : EBADMSG;
		return -1;
	}
	t->unpacked += (uint64_t)n;
	if (is_too_large(t, t->unpacked)) {
		errno = EFBIG;
		return -1;
	}
	return n;
}

struct input_source capture_tar_member(struct capture_tar *t)
{
	return (struct input_source){ t, member_read };
}

void capture_tar_close(struct capture_tar *t)
{
	if (t->unpacking)
		t->room->close(t->unpacking);
	t->unpacking = NULL;
	if (t->other)
		close(t->fd);
	t->other = false;
}
