/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a log can come from, and what happens when it is truncated.
 */
#include "trace/detect.h"
#include "trace_run.h"
#include "trace/trace_reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

#define LINES 20000
#define LINE                                                                   \
	"            bash-1234    [000] .....     1.000001: kmalloc: call_site=f+0x8/0x20 ptr=ffff8880%08x bytes_req=40 bytes_alloc=64 gfp_flags=GFP_KERNEL node=-1\n"

struct log {
	char *text;
	size_t len;
};

static struct log make_log(void)
{
	struct log l = { malloc((size_t)LINES * 180), 0 };

	assert_non_null(l.text);
	for (int i = 0; i < LINES; i++)
		l.len += (size_t)snprintf(l.text + l.len, 180, LINE,
					  0x1000 + i * 64);
	return l;
}

typedef int filter_fn(struct archive *);

static struct log compress(const struct log *l, filter_fn *filter)
{
	struct log packed = { malloc(l->len + 65536), 0 };
	struct archive_entry *entry = archive_entry_new();
	struct archive *a = archive_write_new();

	assert_non_null(packed.text);
	assert_int_equal(filter(a), ARCHIVE_OK);
	assert_int_equal(archive_write_set_format_raw(a), ARCHIVE_OK);
	assert_int_equal(archive_write_open_memory(a, packed.text,
						   l->len + 65536, &packed.len),
			 ARCHIVE_OK);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_pathname(entry, "log");
	assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
	assert_int_equal(archive_write_data(a, l->text, l->len),
			 (la_ssize_t)l->len);
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	archive_entry_free(entry);
	return packed;
}

static void test_compressed(void **state)
{
	static filter_fn *const filters[] = {
		archive_write_add_filter_gzip,	archive_write_add_filter_xz,
		archive_write_add_filter_zstd,	archive_write_add_filter_lz4,
		archive_write_add_filter_bzip2,
	};
	struct log l = make_log();

	(void)state;
	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		struct log packed = compress(&l, filters[i]);
		struct run r;

		run_bytes(&r, packed.text, packed.len, i * 1000);
		assert_int_equal(r.failed, 0);
		assert_int_equal(r.nallocs, LINES);
		assert_false(r.t->counts.truncated);
		run_end(&r);

		/* What came before the break is good. */
		run_bytes(&r, packed.text, packed.len * 3 / 4, 0);
		if (r.reader && r.t) {
			assert_int_equal(r.failed, 0);
			assert_true(r.t->counts.truncated);
			assert_in_range(r.nallocs, 1, LINES - 1);
			assert_non_null(strstr(r.t->counts.remark, "'log'"));
		} else {
			assert_int_equal(r.failed, -(int)ERR_FORMAT);
		}
		run_end(&r);
		free(packed.text);
	}
	free(l.text);
}

static void test_chunks(void **state)
{
	struct log l = make_log();

	(void)state;
	for (size_t step = 1; step < 200000; step = step * 7 + 1) {
		struct run r;

		run_bytes(&r, l.text, l.len, step);
		assert_int_equal(r.failed, 0);
		assert_int_equal(r.nallocs, LINES);
		assert_int_equal(r.t->counts.lines, LINES);
		assert_int_equal(r.t->counts.unreadable, 0);
		run_end(&r);
	}
	free(l.text);
}

static void test_files(void **state)
{
	struct trace_options options = { .format = TRACE_AUTO };
	char path[] = "/tmp/kmemdb-test-XXXXXX";
	struct trace_reader *reader = NULL;
	struct log l = make_log();
	struct run r = { .step = 0 };
	struct err e;
	int fd;

	(void)state;
	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, l.text, l.len), (ssize_t)l.len);
	close(fd);
	assert_int_equal(trace_reader_open(path, &options, &reader, &e), 0);
	assert_int_equal(trace_reader_run(reader,
					  (struct trace_sink){ &r, run_take },
					  &e),
			 0);
	assert_int_equal(r.nallocs, LINES);
	trace_reader_free(reader);
	unlink(path);
	free(l.text);

	assert_int_equal(trace_reader_open(path, &options, &reader, &e),
			 -(int)ERR_IO);
	assert_non_null(strstr(e.text, path));
	assert_int_equal(trace_reader_open("/", &options, &reader, &e),
			 -(int)ERR_IO);
	assert_non_null(strstr(e.text, "directory"));
}

static ssize_t broken_read(void *ctx, void *buf, size_t size)
{
	struct run *r = ctx;

	if (r->left)
		return run_read(ctx, buf, size);
	errno = EIO;
	return -1;
}

static void test_read_error(void **state)
{
	struct trace_options options = { .format = TRACE_AUTO };
	struct log l = make_log();
	struct run r = { .text = l.text, .left = l.len };

	(void)state;
	assert_int_equal(trace_reader_open_source("disk",
						  (struct input_source){
							  &r, broken_read },
						  &options, &r.reader, &r.e),
			 0);
	assert_int_equal(trace_reader_run(r.reader,
					  (struct trace_sink){ &r, run_take },
					  &r.e),
			 -(int)ERR_IO);
	assert_non_null(strstr(r.e.text, "'disk'"));
	run_end(&r);
	free(l.text);
}

static int refuse(void *ctx, const struct allocation *a, struct err *e)
{
	(void)ctx;
	(void)a;
	return err_set(e, ERR_DB, "disk full");
}

static void test_sink_stops(void **state)
{
	struct trace_options options = { .format = TRACE_AUTO };
	struct log l = make_log();
	struct run r = { .text = l.text, .left = l.len };

	(void)state;
	assert_int_equal(trace_reader_open_source(
				 "log", (struct input_source){ &r, run_read },
				 &options, &r.reader, &r.e),
			 0);
	assert_int_equal(trace_reader_run(r.reader,
					  (struct trace_sink){ NULL, refuse },
					  &r.e),
			 -(int)ERR_DB);
	assert_string_equal(r.e.text, "disk full");
	run_end(&r);
	free(l.text);
}

static void test_formats_by_name(void **state)
{
	enum trace_format f;
	struct err e;

	(void)state;
	assert_int_equal(trace_format_by_name("dat", &f, &e), 0);
	assert_int_equal(f, TRACE_DAT);
	assert_int_equal(trace_format_by_name("cvs", &f, &e), -(int)ERR_USAGE);
	assert_non_null(strstr(e.text, "'cvs'"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compressed),
		cmocka_unit_test(test_chunks),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_read_error),
		cmocka_unit_test(test_sink_stops),
		cmocka_unit_test(test_formats_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
