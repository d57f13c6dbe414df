/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/capture/tar.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

static la_ssize_t tar_read(struct archive *a, void *ctx, const void **ret)
{
	struct capture_tar *t = ctx;
	const char *p = NULL;
	size_t len = 0;
	struct err e;

	errno = 0;
	if (input_read(t->input, &p, &len, &e)) {
		if (e.code == ERR_IO || e.code == ERR_SIZE)
			t->io_errno = e.code == ERR_IO && errno
					      ? errno
					      : input_errno(&e);
		archive_set_error(a, EIO, "%s", e.text);
		return -1;
	}
	*ret = p;
	return (la_ssize_t)len;
}

static int failed(const struct capture_tar *t, struct err *e)
{
	const char *why = archive_error_string(t->archive);

	if (t->io_errno == EFBIG)
		return input_too_large(t->input, e);
	if (t->io_errno) {
		errno = t->io_errno;
		return err_set_errno(e, ERR_IO, "cannot read '%s'",
				     t->input->name);
	}
	return err_set(e, ERR_FORMAT,
		       "%s archive '%s' is damaged or truncated: %s",
		       t->other ? archive_format_name(t->archive) : "tar",
		       t->input->name, why ? why : "unknown error");
}

int capture_tar_open(struct capture_tar *t, struct input *input, struct err *e)
{
	*t = (struct capture_tar){ .input = input };
	t->archive = archive_read_new();
	if (!t->archive)
		return err_nomem(e);
	/* Not all formats: a tar is what was looked for. */
	archive_read_support_format_tar(t->archive);
	if (archive_read_open(t->archive, t, NULL, tar_read, NULL) !=
	    ARCHIVE_OK) {
		failed(t, e);
		capture_tar_close(t);
		return -(int)e->code;
	}
	return 0;
}

static void support_others(struct archive *a)
{
	archive_read_support_format_zip(a);
	archive_read_support_format_7zip(a);
	archive_read_support_format_rar(a);
	archive_read_support_format_rar5(a);
	archive_read_support_format_cab(a);
	archive_read_support_format_cpio(a);
	archive_read_support_format_lha(a);
}

int capture_archive_open(struct capture_tar *t, struct input *input,
			 struct err *e)
{
	struct stat st;

	*t = (struct capture_tar){ .input = input };
	if (input_seekable(input, &t->fd, e))
		return -(int)e->code;
	t->other = true;
	t->archive = archive_read_new();
	if (!t->archive) {
		err_nomem(e);
		goto fail;
	}
	support_others(t->archive);
	if (fstat(t->fd, &st)) {
		err_set_errno(e, ERR_IO, "cannot read '%s'", input->name);
		goto fail;
	}
	t->packed = (uint64_t)st.st_size;
	if (archive_read_open_fd(t->archive, t->fd, INPUT_CHUNK) == ARCHIVE_OK)
		return 0;
	failed(t, e);
fail:
	capture_tar_close(t);
	return -(int)e->code;
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
	struct archive_entry *entry;

	for (;;) {
		const char *path, *slash;
		int r = archive_read_next_header(t->archive, &entry);

		if (r == ARCHIVE_EOF)
			return 0;
		if (r != ARCHIVE_OK && r != ARCHIVE_WARN)
			return failed(t, e);
		if (++t->members > MEMBERS_MAX)
			return err_set(
				e, ERR_FORMAT,
				"'%s' has more than %d members: it is not what scripts/capture.sh saves",
				t->input->name, MEMBERS_MAX);
		/* What is passed over may have to be unpacked, too. */
		if (archive_entry_size_is_set(entry) &&
		    archive_entry_size(entry) > 0)
			t->claimed += (uint64_t)archive_entry_size(entry);
		if (is_too_large(t, t->claimed))
			return input_too_large(t->input, e);
		path = archive_entry_pathname(entry);
		if (!path || archive_entry_filetype(entry) != AE_IFREG ||
		    archive_entry_hardlink(entry))
			continue;
		slash = strrchr(path, '/');
		*ret_base = slash ? slash + 1 : path;
		*ret_sparse = archive_entry_sparse_count(entry) > 0;
		return 1;
	}
}

static ssize_t member_read(void *ctx, void *buf, size_t size)
{
	struct capture_tar *t = ctx;
	la_ssize_t n = archive_read_data(t->archive, buf, size);

	if (n < 0) {
		errno = t->io_errno ? t->io_errno : EBADMSG;
		return -1;
	}
	t->unpacked += (uint64_t)n;
	if (is_too_large(t, t->unpacked)) {
		errno = EFBIG;
		return -1;
	}
	return (ssize_t)n;
}

struct input_source capture_tar_member(struct capture_tar *t)
{
	return (struct input_source){ t, member_read };
}

void capture_tar_close(struct capture_tar *t)
{
	if (t->archive)
		archive_read_free(t->archive);
	t->archive = NULL;
	if (t->other)
		close(t->fd);
	t->other = false;
}
