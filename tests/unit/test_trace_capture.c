/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Captures: tars as scripts/capture.sh writes them, or repacked by others.
 */
#include "capture_fixture.h"

static void check_normal(const struct seen *s)
{
	assert_int_equal(s->run.failed, 0);
	assert_int_equal(s->run.nallocs, CAPTURE_LINES);
	assert_false(s->run.t->counts.truncated);
	assert_int_equal(s->run.t->page_size, 16384);
	assert_true(s->info->tar);
	assert_part(&s->info->version, "Linux version 6.1 (x)");
	assert_part(&s->info->cmdline, "quiet no_hash_pointers");
	assert_int_equal(s->info->notes.len, 7);
	assert_memory_equal(s->info->notes.p, "\4\0\0\0a\0b", 8);
	assert_part(&s->info->kallsyms, "ffffffff81000000 T _text\n");
	assert_part(&s->info->stats, "cpu0\noverrun: 3\n");
	assert_null(s->info->slabinfo.p);
	assert_string_equal(s->info->trace, "trace");
	assert_string_equal(
		s->info->contents,
		"version, cmdline, notes, page_size, stats, kallsyms, trace");
	assert_string_equal(s->info->remark, "");
}

static void test_normal(void **state)
{
	static filter_fn *const filters[] = { NULL,
					      archive_write_add_filter_gzip,
					      archive_write_add_filter_xz,
					      archive_write_add_filter_zstd };

	(void)state;
	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		struct seen s;
		struct tar t;

		make_normal(&t, filters[i]);
		see(&s, t.buf, t.len);
		check_normal(&s);
		see_end(&s);
		free(t.buf);
	}
}

/* With p as standard input, through a pipe, and then from a plain file. */
static void see_stdin(struct seen *s, const char *p, size_t len, bool plain)
{
	int keep = dup(STDIN_FILENO), fds[2];

	*s = (struct seen){ .path = "/tmp/kmemdb-test-XXXXXX" };
	if (plain) {
		fds[0] = mkstemp(s->path);
		assert_true(fds[0] >= 0);
		fds[1] = dup(fds[0]);
	} else {
		s->path[0] = '\0';
		assert_int_equal(pipe(fds), 0);
	}
	assert_true(keep >= 0);
	assert_int_equal(write(fds[1], p, len), (ssize_t)len);
	if (plain)
		assert_int_equal(lseek(fds[0], 0, SEEK_SET), 0);
	close(fds[1]);
	assert_int_equal(dup2(fds[0], STDIN_FILENO), STDIN_FILENO);
	close(fds[0]);
	see_path(s, "-");
	assert_int_equal(dup2(keep, STDIN_FILENO), STDIN_FILENO);
	close(keep);
}

static void test_stdin(void **state)
{
	struct tar t;

	(void)state;
	make_normal(&t, NULL);
	for (int plain = 0; plain < 2; plain++) {
		struct seen s;

		see_stdin(&s, t.buf, t.len, plain);
		check_normal(&s);
		see_end(&s);
		see_stdin(&s, log_text(), strlen(log_text()), plain);
		assert_int_equal(s.run.failed, 0);
		assert_false(s.info->tar);
		assert_int_equal(s.run.nallocs, CAPTURE_LINES);
		see_end(&s);
	}
	free(t.buf);
}

static void test_bare(void **state)
{
	struct capture *c = NULL;
	struct seen s;
	struct err e;

	(void)state;
	see(&s, log_text(), strlen(log_text()));
	assert_int_equal(s.run.failed, 0);
	assert_false(s.info->tar);
	assert_null(s.info->kallsyms.p);
	assert_string_equal(s.info->contents, "");
	assert_int_equal(s.run.nallocs, CAPTURE_LINES);
	see_end(&s);

	see(&s, "", 0);
	assert_int_equal(s.run.failed, -(int)ERR_FORMAT);
	assert_non_null(strstr(s.run.e.text, "is empty"));
	see_end(&s);

	assert_int_equal(capture_open("/nowhere", &c, &e), -(int)ERR_IO);
	assert_int_equal(capture_open("/", &c, &e), -(int)ERR_IO);
	assert_null(c);
}

/* Packed again by somebody: the order of a directory, other names. */
static void test_order(void **state)
{
	struct seen s;
	struct tar t;

	(void)state;
	tar_begin(&t, NULL);
	tar_put(&t, "./", AE_IFDIR, NULL, 0);
	tar_add(&t, "boot.trace.txt", log_text());
	tar_add(&t, "other.trace", "no trace at all\n");
	tar_add(&t, "README", "hello\n");
	tar_add(&t, "kallsyms.txt", "ffffffff81000000 T _text\n");
	tar_add(&t, "old/kallsyms", "ffffffff91000000 T _text\n");
	tar_add(&t, "cmdline", "quiet\n");
	tar_end(&t);
	see(&s, t.buf, t.len);
	assert_int_equal(s.run.failed, 0);
	assert_int_equal(s.run.nallocs, CAPTURE_LINES);
	assert_part(&s.info->kallsyms, "ffffffff81000000 T _text\n");
	assert_part(&s.info->cmdline, "quiet");
	assert_string_equal(s.info->trace, "boot.trace.txt");
	assert_non_null(strstr(s.info->remark, "twice"));
	see_end(&s);
	free(t.buf);

	/* It began as ours do, and then something was added. */
	tar_begin(&t, NULL);
	tar_add(&t, "version", "Linux version 6.1\n");
	tar_add(&t, "trace", log_text());
	tar_add(&t, "kallsyms", "ffffffff81000000 T _text\n");
	tar_end(&t);
	see(&s, t.buf, t.len);
	assert_int_equal(s.run.failed, 0);
	assert_int_equal(s.run.nallocs, CAPTURE_LINES);
	assert_null(s.info->kallsyms.p);
	assert_string_equal(
		s.info->remark,
		"'kallsyms' comes after the trace and was not used");
	see_end(&s);
	free(t.buf);
}

/* A trace.dat goes before a text, if it is one. */
static void test_two_traces(void **state)
{
	static const char dat[] = "\x17\x08\x44tracing7\n";
	struct seen s;
	struct tar t;

	(void)state;
	for (int good = 0; good < 2; good++) {
		tar_begin(&t, NULL);
		tar_add(&t, "trace", log_text());
		tar_add(&t, "trace.dat", good ? dat : "nothing");
		tar_end(&t);
		see(&s, t.buf, t.len);
		if (good) {
			assert_string_equal(s.info->trace, "trace.dat");
			assert_int_not_equal(s.run.failed, 0);
		} else {
			assert_string_equal(s.info->trace, "trace");
			assert_int_equal(s.run.nallocs, CAPTURE_LINES);
		}
		see_end(&s);
		free(t.buf);
	}
}

static size_t gzip(const char *text, char *out, size_t room)
{
	struct archive_entry *entry = archive_entry_new();
	struct archive *a = archive_write_new();
	size_t len = 0;

	archive_write_add_filter_gzip(a);
	archive_write_set_format_raw(a);
	assert_int_equal(archive_write_open_memory(a, out, room, &len),
			 ARCHIVE_OK);
	archive_entry_set_filetype(entry, AE_IFREG);
	assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
	archive_write_data(a, text, strlen(text));
	archive_write_close(a);
	archive_write_free(a);
	archive_entry_free(entry);
	return len;
}

static void test_packed_members(void **state)
{
	char packed[65536];
	struct seen s;
	struct tar t;
	size_t n;

	(void)state;
	for (int ours = 0; ours < 2; ours++) {
		tar_begin(&t, NULL);
		if (ours)
			tar_add(&t, "c/version", "Linux version 6.1\n");
		n = gzip("ffffffff81000000 T _text\n", packed, sizeof(packed));
		tar_put(&t, "c/kallsyms.gz", AE_IFREG, packed, n);
		n = gzip(log_text(), packed, sizeof(packed));
		tar_put(&t, "c/trace.gz", AE_IFREG, packed, n);
		tar_end(&t);
		see(&s, t.buf, t.len);
		assert_int_equal(s.run.failed, 0);
		assert_int_equal(s.run.nallocs, CAPTURE_LINES);
		assert_part(&s.info->kallsyms, "ffffffff81000000 T _text\n");
		assert_string_equal(s.info->trace, "trace.gz");
		see_end(&s);
		free(t.buf);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_normal),
		cmocka_unit_test(test_stdin),
		cmocka_unit_test(test_bare),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_two_traces),
		cmocka_unit_test(test_packed_members),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
