/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tars made in memory, and what reading one as a capture gives.
 */
#ifndef TESTS_CAPTURE_FIXTURE_H
#define TESTS_CAPTURE_FIXTURE_H

#include "trace_run.h"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include "trace/capture/capture.h"

#define CAPTURE_LINE                                                           \
	"            bash-1234    [000] .....     1.00000%d: kmalloc: call_site=f+0x8/0x20 ptr=ffff8880%08x bytes_req=40 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1\n"
#define CAPTURE_LINES 5

struct tar {
	char *buf;
	size_t room, len;
	struct archive *a;
};

typedef int filter_fn(struct archive *);

static inline void tar_begin(struct tar *t, filter_fn *filter)
{
	t->room = 1 << 20;
	t->len = 0;
	t->buf = malloc(t->room);
	assert_non_null(t->buf);
	t->a = archive_write_new();
	assert_int_equal(archive_write_set_format_ustar(t->a), ARCHIVE_OK);
	if (filter)
		assert_int_equal(filter(t->a), ARCHIVE_OK);
	assert_int_equal(archive_write_open_memory(t->a, t->buf, t->room,
						   &t->len),
			 ARCHIVE_OK);
}

static inline void tar_put(struct tar *t, const char *name, unsigned int type,
			   const void *p, size_t len)
{
	struct archive_entry *entry = archive_entry_new();

	archive_entry_set_filetype(entry, type);
	archive_entry_set_pathname(entry, name);
	archive_entry_set_perm(entry, 0644);
	if (type == AE_IFLNK)
		archive_entry_set_symlink(entry, "/etc/passwd");
	archive_entry_set_size(entry, (la_int64_t)len);
	assert_int_equal(archive_write_header(t->a, entry), ARCHIVE_OK);
	if (len)
		assert_int_equal(archive_write_data(t->a, p, len),
				 (la_ssize_t)len);
	archive_entry_free(entry);
}

static inline void tar_add(struct tar *t, const char *name, const char *text)
{
	tar_put(t, name, AE_IFREG, text, strlen(text));
}

static inline void tar_end(struct tar *t)
{
	assert_int_equal(archive_write_close(t->a), ARCHIVE_OK);
	archive_write_free(t->a);
}

static inline const char *log_text(void)
{
	static char text[CAPTURE_LINES * 200];
	size_t n = 0;

	for (int i = 0; i < CAPTURE_LINES; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, CAPTURE_LINE,
				      i, 0x1000 + i * 64);
	return text;
}

/* What came of a capture. */
struct seen {
	struct run run;
	struct capture *c;
	const struct capture_info *info;
	char path[32];
};

static inline void see_path(struct seen *s, const char *path)
{
	struct trace_options options = { .format = TRACE_AUTO };
	struct err *e = &s->run.e;

	s->run.failed = capture_open(path, &s->c, e);
	if (s->run.failed)
		return;
	s->info = capture_info(s->c);
	s->run.failed = capture_reader_open(s->c, &options, &s->run.reader, e);
	if (s->run.failed)
		return;
	s->run.failed = trace_reader_run(
		s->run.reader, (struct trace_sink){ &s->run, run_take }, e);
	s->run.t = trace_reader_result(s->run.reader);
}

static inline void see(struct seen *s, const char *p, size_t len)
{
	int fd;

	*s = (struct seen){ .path = "/tmp/kmemdb-test-XXXXXX" };
	fd = mkstemp(s->path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, p, len), (ssize_t)len);
	close(fd);
	see_path(s, s->path);
}

static inline void see_end(struct seen *s)
{
	trace_reader_free(s->run.reader);
	capture_free(s->c);
	if (s->path[0])
		unlink(s->path);
}

static inline void assert_part(const struct capture_part *part,
			       const char *text)
{
	assert_non_null(part->p);
	assert_int_equal(part->len, strlen(text));
	assert_string_equal(part->p, text);
}

/* As scripts/capture.sh does it. */
static inline void make_normal(struct tar *t, filter_fn *filter)
{
	tar_begin(t, filter);
	tar_add(t, "kmemdb-capture/version", "Linux version 6.1 (x)\n");
	tar_add(t, "kmemdb-capture/cmdline", "quiet no_hash_pointers");
	tar_put(t, "kmemdb-capture/notes", AE_IFREG, "\4\0\0\0a\0b", 7);
	tar_add(t, "kmemdb-capture/page_size", "16384\n");
	tar_add(t, "kmemdb-capture/stats", "cpu0\noverrun: 3\n");
	tar_add(t, "kmemdb-capture/meminfo", "MemTotal: 1 kB\n");
	tar_add(t, "kmemdb-capture/kallsyms", "ffffffff81000000 T _text\n");
	tar_add(t, "kmemdb-capture/trace", log_text());
	tar_end(t);
}

#endif
