/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A log in what people wrap it in: whole, it says what the log alone says;
 * damaged, it is read as far as it goes, or refused.
 */
#include <archive.h>
#include <archive_entry.h>

#include "capture_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LOG_MAX 4096
#define ROOM ((size_t)64 * 1024)

static const char head[] = "# tracer: nop\n#\n";
static const char event[] =
	"            bash-1234    [000] .....     1.000001: kmalloc: call_site=f+0x8/0x20 ptr=ffff888000000040 bytes_req=40 bytes_alloc=64 gfp_flags=GFP_KERNEL\n";

struct bytes {
	size_t len;
	char p[ROOM];
};

static void put(struct bytes *to, const void *p, size_t len)
{
	if (len > ROOM - to->len)
		abort();
	memcpy(to->p + to->len, p, len);
	to->len += len;
}

static void utf16(const struct bytes *log, bool big, struct bytes *to)
{
	put(to, big ? "\xfe\xff" : "\xff\xfe", 2);
	for (size_t i = 0; i < log->len; i++) {
		char pair[2] = { 0, 0 };

		pair[big] = log->p[i];
		put(to, pair, 2);
	}
}

static void page(const struct bytes *log, struct bytes *to)
{
	static const char before[] =
		"<!DOCTYPE html>\n<html><body>\n<script class=\"trace-data\" type=\"application/text\">\n",
			  after[] = "\n  </script>\n</body></html>\n";

	put(to, before, sizeof(before) - 1);
	put(to, log->p, log->len);
	put(to, after, sizeof(after) - 1);
}

typedef int option(struct archive *);

/* An archive, or (filter) a stream that is compressed. */
static void packed(const struct bytes *log, option *format, option *filter,
		   struct bytes *to)
{
	struct archive *a = archive_write_new();
	struct archive_entry *entry = archive_entry_new();

	if (!a || !entry || format(a) != ARCHIVE_OK ||
	    filter(a) != ARCHIVE_OK ||
	    archive_write_set_bytes_in_last_block(a, 1) != ARCHIVE_OK ||
	    archive_write_open_memory(a, to->p, ROOM, &to->len) != ARCHIVE_OK)
		abort();
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_pathname(entry, "boot.log");
	archive_entry_set_size(entry, (la_int64_t)log->len);
	if (archive_write_header(a, entry) != ARCHIVE_OK ||
	    archive_write_data(a, log->p, log->len) != (la_ssize_t)log->len ||
	    archive_write_close(a) != ARCHIVE_OK)
		abort();
	archive_entry_free(entry);
	archive_write_free(a);
}

static void wrap(unsigned int kind, const struct bytes *log, struct bytes *to)
{
	static const struct {
		option *format, *filter;
	} how[] = {
		{ archive_write_set_format_raw, archive_write_add_filter_gzip },
		{ archive_write_set_format_raw, archive_write_add_filter_zstd },
		{ archive_write_set_format_raw, archive_write_add_filter_xz },
		{ archive_write_set_format_raw, archive_write_add_filter_lz4 },
		{ archive_write_set_format_raw,
		  archive_write_add_filter_bzip2 },
		{ archive_write_set_format_zip, archive_write_add_filter_none },
		{ archive_write_set_format_7zip,
		  archive_write_add_filter_none },
		{ archive_write_set_format_cpio_newc,
		  archive_write_add_filter_none },
		{ archive_write_set_format_ustar,
		  archive_write_add_filter_none },
		{ archive_write_set_format_pax, archive_write_add_filter_gzip },
	};

	to->len = 0;
	kind %= 3 + sizeof(how) / sizeof(how[0]);
	if (kind == 0)
		page(log, to);
	else if (kind < 3)
		utf16(log, kind == 1, to);
	else
		packed(log, how[kind - 3].format, how[kind - 3].filter, to);
}

/* Letters, for what is no letter means something in one wrap or other. */
static void make_log(const uint8_t *data, size_t size, struct bytes *log)
{
	log->len = 0;
	put(log, head, sizeof(head) - 1);
	put(log, event, sizeof(event) - 1);
	for (size_t i = 0; i < size; i++) {
		char c = (char)(data[i] & 0x7f);

		if ((c < 0x20 && c != '\n') || c == 0x7f || c == '<' ||
		    c == '&')
			c = ' ';
		put(log, &c, 1);
	}
	put(log, "\n", 1);
}

static void same(const struct capture_said *a, const struct capture_said *b)
{
	if (a->read != b->read || a->allocs != b->allocs ||
	    a->bytes_req != b->bytes_req ||
	    a->counts.unreadable != b->counts.unreadable ||
	    memcmp(a->counts.events, b->counts.events,
		   sizeof(a->counts.events)) != 0)
		abort();
}

/* data: the wrap; how many bytes of it are damaged; of each where and how;
 * then more of the log. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct bytes log, file;
	struct capture_said plain, wrapped;
	size_t damaged;

	if (size < 2 || size > LOG_MAX)
		return 0;
	damaged = data[1] % 8;
	if (size < 2 + damaged * 3)
		return 0;
	make_log(data + 2 + damaged * 3, size - 2 - damaged * 3, &log);
	wrap(data[0], &log, &file);
	for (size_t i = 0; i < damaged; i++) {
		const uint8_t *d = data + 2 + i * 3;

		file.p[((size_t)d[0] << 8 | d[1]) % file.len] ^= (char)d[2];
	}
	wrapped = capture_check(file.p, file.len);
	if (damaged)
		return 0;
	plain = capture_check(log.p, log.len);
	same(&plain, &wrapped);
	return 0;
}
