/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Captures made to hurt, and cut ones.
 */
#include "capture_fixture.h"

static void test_no_trace(void **state)
{
	struct seen s;
	struct tar t;

	(void)state;
	tar_begin(&t, NULL);
	tar_add(&t, "kallsyms", "ffffffff81000000 T _text\n");
	tar_put(&t, "trace", AE_IFLNK, NULL, 0);
	tar_put(&t, "trace", AE_IFDIR, NULL, 0);
	tar_put(&t, "trace.dat", AE_IFIFO, NULL, 0);
	tar_end(&t);
	see(&s, t.buf, t.len);
	assert_int_equal(s.run.failed, -(int)ERR_FORMAT);
	assert_non_null(strstr(s.run.e.text, "no trace in '/tmp/kmemdb-test"));
	assert_non_null(strstr(s.run.e.text, "capture.sh"));
	see_end(&s);
	free(t.buf);
}

static void test_names(void **state)
{
	struct seen s;
	struct tar t;

	(void)state;
	tar_begin(&t, NULL);
	tar_add(&t, "../../../../tmp/kmemdb-test-climbs/slabinfo.txt",
		"slabinfo - version: 2.1");
	tar_add(&t, "/etc/cmdline", "quiet\n\n");
	tar_add(&t, "..", "x");
	tar_add(&t, "a\033[31m\n.trace", log_text());
	tar_end(&t);
	see(&s, t.buf, t.len);
	assert_int_equal(s.run.failed, 0);
	assert_int_equal(s.run.nallocs, CAPTURE_LINES);
	assert_part(&s.info->slabinfo, "slabinfo - version: 2.1");
	assert_part(&s.info->cmdline, "quiet");
	assert_string_equal(s.info->trace, "a?[31m?.trace");
	assert_int_not_equal(access("/tmp/kmemdb-test-climbs", F_OK), 0);
	see_end(&s);
	free(t.buf);
}

static void test_truncated(void **state)
{
	struct tar t;

	(void)state;
	make_normal(&t, NULL);
	for (size_t len = 0; len < t.len; len += 64) {
		struct seen s;

		see(&s, t.buf, len);
		if (s.run.failed) {
			assert_true(s.run.e.code == ERR_FORMAT ||
				    s.run.e.code == ERR_IO);
			assert_int_equal(s.run.failed, -(int)s.run.e.code);
		} else {
			assert_in_range(s.run.nallocs, 1, CAPTURE_LINES);
			if (s.run.nallocs < CAPTURE_LINES)
				assert_true(s.run.t->counts.truncated);
		}
		see_end(&s);
	}
	free(t.buf);
}

/* Where in t the header of a member is, and its checksum anew. */
static char *header(struct tar *t, const char *name)
{
	for (size_t at = 0; at + 512 <= t->len; at += 512) {
		if (strcmp(t->buf + at, name) == 0)
			return t->buf + at;
	}
	fail();
	return NULL;
}

static void resum(char *h)
{
	unsigned int sum = 0;

	memset(h + 148, ' ', 8);
	for (int i = 0; i < 512; i++)
		sum += (unsigned char)h[i];
	snprintf(h + 148, 8, "%06o", sum);
}

static void test_sizes(void **state)
{
	static const char sizes[][13] = {
		"77777777777", /* 8 GB */
		"00000100000", /* more than there is */
		"\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff",
		"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
		"-1         ",
		"           ",
		"9999999999z",
	};
	static const char *const names[] = { "kmemdb-capture/version",
					     "kmemdb-capture/kallsyms",
					     "kmemdb-capture/trace" };

	(void)state;
	for (size_t n = 0; n < 3; n++) {
		for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
			struct seen s;
			struct tar t;
			char *h;

			make_normal(&t, NULL);
			h = header(&t, names[n]);
			memcpy(h + 124, sizes[i], 12);
			resum(h);
			see(&s, t.buf, t.len);
			if (s.run.failed)
				assert_int_equal(s.run.e.code, ERR_FORMAT);
			see_end(&s);
			free(t.buf);
		}
	}
}

static void test_too_large(void **state)
{
	char digits[80];
	struct seen s;
	struct tar t;

	(void)state;
	memset(digits, '1', sizeof(digits));
	tar_begin(&t, NULL);
	tar_put(&t, "page_size", AE_IFREG, digits, sizeof(digits));
	tar_add(&t, "trace", log_text());
	tar_end(&t);
	see(&s, t.buf, t.len);
	assert_int_equal(s.run.failed, 0);
	assert_int_equal(s.info->page_size, 0);
	assert_string_equal(s.info->remark,
			    "'page_size' is too large and was left out");
	see_end(&s);
	free(t.buf);
}

/* A hole costs nothing to claim and could be read for ever. */
static void test_sparse(void **state)
{
	static const char pax[] = "22 GNU.sparse.major=1\n"
				  "22 GNU.sparse.minor=0\n"
				  "39 GNU.sparse.realsize=900000000000000\n"
				  "25 GNU.sparse.name=trace\n";
	static const char map[1024] = "1\n899999999999488\n512\n";
	struct seen s;
	struct tar t;
	char *h;

	(void)state;
	tar_begin(&t, NULL);
	tar_add(&t, "PaxHeader", pax);
	tar_put(&t, "trace", AE_IFREG, map, sizeof(map));
	tar_end(&t);
	h = header(&t, "PaxHeader");
	h[156] = 'x';
	resum(h);
	see(&s, t.buf, t.len);
	assert_int_equal(s.run.failed, -(int)ERR_FORMAT);
	assert_non_null(strstr(s.run.e.text, "no trace"));
	see_end(&s);
	free(t.buf);
}

static void test_flipped(void **state)
{
	uint64_t rng = 88172645463325252u;
	struct tar t;

	(void)state;
	make_normal(&t, NULL);
	for (int i = 0; i < 3000; i++) {
		char *copy = malloc(t.len);
		struct seen s;

		assert_non_null(copy);
		memcpy(copy, t.buf, t.len);
		for (int k = 0; k < 1 + i % 8; k++) {
			rng ^= rng << 13;
			rng ^= rng >> 7;
			rng ^= rng << 17;
			copy[rng % t.len] = (char)(rng >> 40);
			if (i & 1) /* so that damage goes deeper */
				resum(copy + rng / t.len % (t.len / 512) * 512);
		}
		see(&s, copy, t.len);
		see_end(&s);
		free(copy);
	}
	free(t.buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_trace),  cmocka_unit_test(test_names),
		cmocka_unit_test(test_truncated), cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_too_large), cmocka_unit_test(test_sparse),
		cmocka_unit_test(test_flipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
