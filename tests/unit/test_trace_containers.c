/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What people wrap a log in: UTF-16, a page of systrace, the archives that
 * mail and bug trackers take.
 */
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

#include "support/input.h"
#include "trace/capture/capture.h"
#include "trace_run.h"

#define HEAD "            bash-1234    [001] .....   100.00000"
#define STORY                                                                                                                      \
	HEAD "7: kmalloc: call_site=ffffffff810f1234 ptr=ffff88003d5a3f80 bytes_req=29 bytes_alloc=64 gfp_flags=GFP_KERNEL\n" HEAD \
	     "9: kmalloc: call_site=ffffffff810f1250 ptr=ffff88003d5a3fc0 bytes_req=40 bytes_alloc=64 gfp_flags=GFP_KERNEL\n" HEAD \
	     "9: kfree: call_site=ffffffff810f1300 ptr=ffff88003d5a3f80\n"

static void check_story(const struct run *r)
{
	if (r->failed)
		print_message("%s\n", r->e.text);
	assert_int_equal(r->failed, 0);
	assert_int_equal(r->t->counts.unreadable, 0);
	assert_int_equal(r->nallocs, 2);
	assert_int_equal(run_row(r, "ffffffff810f1234", KIND_MALLOC).frees, 1);
	assert_int_equal(
		run_row(r, "ffffffff810f1250", KIND_MALLOC).waste_bytes, 24);
}

/* ---- UTF-16 ---- */

static size_t to_utf16(char *to, const char *s, bool big, bool mark)
{
	size_t n = 0;

	if (mark) {
		to[n++] = (char)(big ? 0xfe : 0xff);
		to[n++] = (char)(big ? 0xff : 0xfe);
	}
	for (; *s; s++) {
		to[n + big] = *s;
		to[n + !big] = '\0';
		n += 2;
	}
	return n;
}

static void test_utf16(void **state)
{
	char text[2048];
	struct run r;

	(void)state;
	for (int i = 0; i < 8; i++) {
		size_t len = to_utf16(text, STORY, i & 1, i & 2);

		run_bytes(&r, text, len, i & 4 ? 7 : 0);
		check_story(&r);
		assert_int_equal(r.t->counts.lines, 3);
		run_end(&r);
	}
	/* Half a unit at the end is no harm, and a letter of two bytes and
	 * half a pair stay within the line. */
	memcpy(text, "\xff\xfe\xe4\x00\x00\xd8\x0a\x00", 8);
	run_bytes(&r, text, 8 + to_utf16(text + 8, STORY, false, false) - 1, 0);
	check_story(&r);
	assert_int_equal(r.t->counts.lines, 4);
	run_end(&r);
}

/* ---- a page ---- */

static void test_page(void **state)
{
	static const char page[] =
		"\n<!doctype HTML>\n<html><script>if (a</script>\n"
		"<script class=\"trace-data\" type=\"application/text\">\n"
		"# tracer: nop\n# </scrip</scr<\n" STORY "  </script>\n"
		"kfree: call_site=ffffffff810f1300 ptr=ffff88003d5a3fc0\n"
		"</html>\n";
	struct run r;

	(void)state;
	for (size_t step = 0; step < 40; step++) {
		run_bytes(&r, page, sizeof(page) - 1, step);
		check_story(&r);
		run_end(&r);
	}
	run_bytes(&r, "<html>call_site=1\n", 18, 0);
	assert_int_equal(r.failed, -(int)ERR_FORMAT);
	assert_string_equal(
		r.e.text,
		"'log' is an HTML page, not a trace: save the log itself");
	run_end(&r);
}

/* ---- archives ---- */

typedef int format_fn(struct archive *);

struct member {
	const char *name;
	const char *text; /* NULL: so many blanks */
	size_t len;
};

static void put_member(struct archive *a, const struct member *m)
{
	static const char blanks[65536];
	struct archive_entry *entry = archive_entry_new();
	size_t len = m->text ? strlen(m->text) : m->len;

	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_pathname(entry, m->name);
	archive_entry_set_size(entry, (la_int64_t)len);
	assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
	if (m->text)
		assert_int_equal(archive_write_data(a, m->text, len), len);
	for (size_t n; !m->text && len; len -= n) {
		n = len < sizeof(blanks) ? len : sizeof(blanks);
		assert_int_equal(archive_write_data(a, blanks, n), n);
	}
	archive_entry_free(entry);
}

static void make_archive(char *path, format_fn *format,
			 const struct member *members)
{
	int fd = mkstemp(path);
	struct archive *a = archive_write_new();

	assert_true(fd >= 0);
	assert_int_equal(format(a), ARCHIVE_OK);
	assert_int_equal(archive_write_open_fd(a, fd), ARCHIVE_OK);
	for (; members->name; members++)
		put_member(a, members);
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	close(fd);
}

/* Reads the file at path as the command does, and removes it. */
static void run_file(struct run *r, struct capture **ret_c, const char *path)
{
	struct trace_options options = { .format = TRACE_AUTO };

	*r = (struct run){ .step = 0 };
	*ret_c = NULL;
	r->failed = capture_open(path, ret_c, &r->e);
	unlink(path);
	if (r->failed)
		return;
	r->failed = capture_reader_open(*ret_c, &options, &r->reader, &r->e);
	if (r->failed)
		return;
	r->failed = trace_reader_run(r->reader,
				     (struct trace_sink){ r, run_take }, &r->e);
	r->t = trace_reader_result(r->reader);
}

static format_fn *const formats[] = {
	archive_write_set_format_zip,	    archive_write_set_format_7zip,
	archive_write_set_format_cpio_newc, archive_write_set_format_cpio_odc,
	archive_write_set_format_ustar,
};
#define NFORMATS (sizeof(formats) / sizeof(formats[0]))
#define TAR (NFORMATS - 1)

static void check_archive(format_fn *format, const struct member *members,
			  const char *trace)
{
	char path[] = "/tmp/kmemdb-test-XXXXXX";
	struct capture *c;
	struct run r;

	make_archive(path, format, members);
	run_file(&r, &c, path);
	check_story(&r);
	assert_string_equal(capture_info(c)->trace, trace);
	run_end(&r);
	capture_free(c);
}

static void test_archives(void **state)
{
	static const struct member one[] = {
		{ "readme.txt", "ptr= is what it is about\n", 0 },
		{ "photo.jpg", NULL, 200000 },
		{ "a folder/boot 1.log", STORY, 0 },
		{ "other.log", "nothing\n", 0 },
		{ NULL, NULL, 0 },
	};
	/* A name that captures have counts more than a look inside. */
	static const struct member two[] = {
		{ "old.log",
		  HEAD "9: kfree: call_site=f ptr=ffff88003d5a3f80\n", 0 },
		{ "x/trace", STORY, 0 },
		{ "new.log",
		  HEAD "9: kfree: call_site=f ptr=ffff88003d5a3f80\n", 0 },
		{ NULL, NULL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < NFORMATS; i++) {
		check_archive(formats[i], one, "boot 1.log");
		check_archive(formats[i], two, "trace");
	}
}

/* A console's log, whose events come only after the boot. */
static void test_late_events(void **state)
{
	size_t noise = 300000;
	char *log = malloc(noise + sizeof(STORY));
	struct member members[] = {
		{ "__MACOSX/._console", "Mac OS X\n", 0 },
		{ "._console", "Mac OS X\n", 0 },
		{ "console", log, 0 },
		{ NULL, NULL, 0 },
	};

	(void)state;
	assert_non_null(log);
	for (size_t i = 0; i < noise; i++)
		log[i] = i % 60 == 59 ? '\n' : 'x';
	memcpy(log + noise, STORY, sizeof(STORY));
	for (size_t i = 0; i < TAR; i++)
		check_archive(formats[i], members, "console");
	free(log);
}

static void check_refused(format_fn *format, const struct member *members,
			  enum err_code code)
{
	char path[] = "/tmp/kmemdb-test-XXXXXX";
	struct capture *c;
	struct run r;

	make_archive(path, format, members);
	run_file(&r, &c, path);
	assert_int_equal(r.failed, -(int)code);
	run_end(&r);
	capture_free(c);
}

static void test_no_log(void **state)
{
	static const struct member none[] = {
		{ "photo.jpg", NULL, 200000 },
		{ NULL, NULL, 0 },
	};
	static const struct member bomb[] = {
		{ "bomb", NULL, (size_t)300 << 20 },
		{ "trace", STORY, 0 },
		{ NULL, NULL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < NFORMATS; i++)
		check_refused(formats[i], none, ERR_FORMAT);
	check_refused(archive_write_set_format_zip, bomb, ERR_SIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf16),
		cmocka_unit_test(test_page),
		cmocka_unit_test(test_archives),
		cmocka_unit_test(test_late_events),
		cmocka_unit_test(test_no_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
