/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/archive_room.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>

#define BLOCK ((size_t)128 * 1024)

struct unpacking {
	struct archive *archive;
	struct packed_source source;
};

static la_ssize_t read_source(struct archive *a, void *ctx, const void **ret)
{
	struct unpacking *u = ctx;
	const char *why = "read error";
	ssize_t n = u->source.read(u->source.ctx, ret, &why);

	if (n < 0)
		archive_set_error(a, EIO, "%s", why);
	return (la_ssize_t)n;
}

static struct unpacking *begin(void)
{
	struct unpacking *u = calloc(1, sizeof(*u));

	if (u)
		u->archive = archive_read_new();
	if (u && u->archive)
		return u;
	free(u);
	return NULL;
}

static int open_source(struct unpacking *u, struct packed_source source)
{
	u->source = source;
	return archive_read_open(u->archive, u, NULL, read_source, NULL) ==
			       ARCHIVE_OK
		       ? 0
		       : -1;
}

static int open_stream(struct packed_source source, struct unpacking **ret)
{
	struct unpacking *u = *ret = begin();
	struct archive_entry *entry;

	if (!u)
		return -1;
	/* Not filter_all: some of those run other programs. */
	archive_read_support_filter_gzip(u->archive);
	archive_read_support_filter_xz(u->archive);
	archive_read_support_filter_zstd(u->archive);
	archive_read_support_filter_lz4(u->archive);
	archive_read_support_filter_bzip2(u->archive);
	archive_read_support_format_raw(u->archive);
	archive_read_support_format_empty(u->archive);
	if (open_source(u, source))
		return -1;
	switch (archive_read_next_header(u->archive, &entry)) {
	case ARCHIVE_OK:
	case ARCHIVE_WARN:
	case ARCHIVE_EOF:
		return 0;
	default:
		return -1;
	}
}

static int open_tar(struct packed_source source, struct unpacking **ret)
{
	struct unpacking *u = *ret = begin();

	if (!u)
		return -1;
	/* Not all formats: a tar is what was looked for. */
	archive_read_support_format_tar(u->archive);
	return open_source(u, source);
}

static int open_other(int fd, struct unpacking **ret)
{
	struct unpacking *u = *ret = begin();

	if (!u)
		return -1;
	archive_read_support_format_zip(u->archive);
	archive_read_support_format_7zip(u->archive);
	archive_read_support_format_rar(u->archive);
	archive_read_support_format_rar5(u->archive);
	archive_read_support_format_cab(u->archive);
	archive_read_support_format_cpio(u->archive);
	archive_read_support_format_lha(u->archive);
	return archive_read_open_fd(u->archive, fd, BLOCK) == ARCHIVE_OK ? 0
									 : -1;
}

static int next_member(struct unpacking *u, struct archive_member *ret)
{
	struct archive_entry *entry;
	int r = archive_read_next_header(u->archive, &entry);

	if (r == ARCHIVE_EOF)
		return 0;
	if (r != ARCHIVE_OK && r != ARCHIVE_WARN)
		return -1;
	*ret = (struct archive_member){
		.path = archive_entry_pathname(entry),
		.regular = archive_entry_filetype(entry) == AE_IFREG &&
			   !archive_entry_hardlink(entry),
		.sparse = archive_entry_sparse_count(entry) > 0,
		.encrypted = archive_entry_is_encrypted(entry) > 0,
	};
	if (archive_entry_size_is_set(entry) && archive_entry_size(entry) > 0)
		ret->bytes = (uint64_t)archive_entry_size(entry);
	return 1;
}

static ssize_t read_data(struct unpacking *u, void *buf, size_t size)
{
	la_ssize_t n = archive_read_data(u->archive, buf, size);

	return n < 0 ? -1 : (ssize_t)n;
}

static const char *why(struct unpacking *u)
{
	const char *text = archive_error_string(u->archive);

	return text ? text : "unknown error";
}

static const char *format(struct unpacking *u)
{
	const char *name = archive_format_name(u->archive);

	return name ? name : "an";
}

static void close_all(struct unpacking *u)
{
	archive_read_free(u->archive);
	free(u);
}

const struct archive_room kmemdb_module_archive = {
	.open_stream = open_stream,
	.open_tar = open_tar,
	.open_other = open_other,
	.next = next_member,
	.read = read_data,
	.why = why,
	.format = format,
	.close = close_all,
};
