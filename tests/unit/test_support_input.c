/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reader itself: bounds of what is unpacked, copies, what it refuses.
 * What a log is in all compressions: test_trace_input.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <archive.h>
#include <archive_entry.h>

#include "support/input.h"
#include "support/input_copy.h"

#define MIB ((size_t)1 << 20)

struct bytes {
	char *p;
	size_t len, at;
	int error; /* errno after the last byte; 0: an end */
};

static ssize_t take(void *ctx, void *buf, size_t size)
{
	struct bytes *b = ctx;

	if (b->at == b->len && b->error) {
		errno = b->error;
		return -1;
	}
	size = size < b->len - b->at ? size : b->len - b->at;
	memcpy(buf, b->p + b->at, size);
	b->at += size;
	return (ssize_t)size;
}

/* count MiB, the first of them noise and the others zeros. */
static struct bytes pack_zeros(size_t count, size_t noise)
{
	struct bytes b = { malloc(16 * MIB), 0, 0, 0 };
	struct archive_entry *entry = archive_entry_new();
	struct archive *a = archive_write_new();
	char *block = calloc(1, MIB);
	uint64_t seed = 1;

	assert_non_null(b.p);
	assert_non_null(block);
	archive_write_add_filter_zstd(a);
	archive_write_set_format_raw(a);
	assert_int_equal(archive_write_open_memory(a, b.p, 16 * MIB, &b.len),
			 ARCHIVE_OK);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_pathname(entry, "x");
	assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; i < noise && k < MIB; k++) {
			seed = seed * UINT64_C(6364136223846793005) + 1;
			block[k] = (char)(seed >> 56);
		}
		if (i == noise)
			memset(block, 0, MIB);
		assert_int_equal(archive_write_data(a, block, MIB),
				 (la_ssize_t)MIB);
	}
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	archive_entry_free(entry);
	free(block);
	return b;
}

static int read_to_end(struct input *in, uint64_t *ret_bytes, struct err *e)
{
	const char *p;
	size_t len;

	*ret_bytes = 0;
	do {
		if (input_read(in, &p, &len, e))
			return -(int)e->code;
		*ret_bytes += len;
	} while (len);
	return 0;
}

static int unpack(struct bytes *b, uint64_t max, uint64_t *ret_bytes,
		  struct err *e)
{
	struct input in;
	int r;

	b->at = 0;
	assert_int_equal(input_open_source(&in, "bomb",
					   (struct input_source){ b, take }, e),
			 0);
	if (max)
		input_set_max(&in, max);
	r = read_to_end(&in, ret_bytes, e);
	input_close(&in);
	return r;
}

static void test_ratio(void **state)
{
	struct bytes b = pack_zeros(300, 0);
	struct err e = { ERR_NONE, "" };
	uint64_t n;

	(void)state;
	/* Up to where the ratio begins to count, and a chunk. */
	assert_int_equal(unpack(&b, 0, &n, &e), -(int)ERR_SIZE);
	assert_in_range(n, INPUT_RATIO_FREE - INPUT_CHUNK, INPUT_RATIO_FREE);
	assert_non_null(strstr(e.text, "'bomb'"));
	assert_non_null(strstr(e.text, "200 times"));
	/* Whoever raises the bound is believed. */
	assert_int_equal(unpack(&b, 300 * MIB, &n, &e), 0);
	assert_int_equal(n, 300 * MIB);
	assert_int_equal(unpack(&b, 300 * MIB - 1, &n, &e), -(int)ERR_SIZE);
	assert_non_null(strstr(e.text, "more than 299 MiB"));
	free(b.p);
	/* What is small is no bomb, and neither is what packs well. */
	b = pack_zeros(250, 0);
	assert_int_equal(unpack(&b, 0, &n, &e), 0);
	assert_int_equal(n, 250 * MIB);
	free(b.p);
	b = pack_zeros(300, 2);
	assert_int_equal(unpack(&b, 0, &n, &e), 0);
	assert_int_equal(n, 300 * MIB);
	free(b.p);
	b = pack_zeros(300, 1);
	assert_int_equal(unpack(&b, 0, &n, &e), -(int)ERR_SIZE);
	free(b.p);
}

/* A source's own bound, and its damage, are no errors of the disk. */
static void test_source_errors(void **state)
{
	static const struct {
		int error;
		enum err_code code;
	} all[] = { { EFBIG, ERR_SIZE },
		    { EBADMSG, ERR_FORMAT },
		    { EIO, ERR_IO } };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		char text[] = "0123456789";
		struct bytes b = { text, 10, 0, all[i].error };
		struct input in;
		struct err e;
		uint64_t n;

		assert_int_equal(input_open_source(
					 &in, "log",
					 (struct input_source){ &b, take }, &e),
				 0);
		assert_int_equal(read_to_end(&in, &n, &e), -(int)all[i].code);
		assert_int_equal(n, 10);
		assert_non_null(strstr(e.text, "'log'"));
		if (all[i].code != ERR_IO)
			assert_int_equal(input_errno(&e), all[i].error);
		input_close(&in);
	}
}

static void test_read_all(void **state)
{
	struct bytes b = { malloc(MIB), MIB, 0, 0 };
	char *all = NULL;
	size_t len = 5;
	struct input in;
	struct err e;

	(void)state;
	for (size_t i = 0; i < MIB; i++)
		b.p[i] = (char)('a' + i % 23);
	for (size_t max = MIB - 1; max <= MIB; max++) {
		b.at = 0;
		assert_int_equal(input_open_source(
					 &in, "text",
					 (struct input_source){ &b, take }, &e),
				 0);
		if (max < MIB) {
			assert_int_equal(input_read_all(&in, max, &all, &len,
							&e),
					 -(int)ERR_SIZE);
			assert_null(all);
			assert_int_equal(len, 5);
		} else {
			assert_int_equal(
				input_read_all(&in, max, &all, &len, &e), 0);
			assert_int_equal(len, MIB);
			assert_memory_equal(all, b.p, MIB);
			assert_int_equal(all[MIB], '\0');
			free(all);
		}
		input_close(&in);
	}
	free(b.p);
}

static size_t files_in(const char *dir)
{
	struct dirent *d;
	size_t n = 0;
	DIR *dp = opendir(dir);

	assert_non_null(dp);
	while ((d = readdir(dp)))
		n += d->d_name[0] != '.';
	closedir(dp);
	return n;
}

/* The copy has no name, and holds what was there. */
static void test_seekable(void **state)
{
	char dir[] = "/tmp/kmemdb-test-XXXXXX", back[32];
	struct bytes b = pack_zeros(3, 1);
	struct input in;
	struct stat st;
	struct err e;
	int fd = -1;

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(setenv("TMPDIR", dir, 1), 0);
	assert_int_equal(input_open_source(&in, "x",
					   (struct input_source){ &b, take },
					   &e),
			 0);
	assert_int_equal(input_seekable(&in, &fd, &e), 0);
	assert_int_equal(files_in(dir), 0);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_nlink, 0);
	assert_int_equal(st.st_size, 3 * MIB);
	assert_int_equal(lseek(fd, 0, SEEK_CUR), 0);
	assert_int_equal(read(fd, back, sizeof(back)), sizeof(back));
	close(fd);
	input_close(&in);
	rmdir(dir);
	/* No such directory: said, with what to do. */
	b.at = 0;
	assert_int_equal(input_open_source(&in, "x",
					   (struct input_source){ &b, take },
					   &e),
			 0);
	assert_int_equal(input_seekable(&in, &fd, &e), -(int)ERR_IO);
	assert_non_null(strstr(e.text, dir));
	assert_non_null(strstr(e.text, "TMPDIR"));
	input_close(&in);
	unsetenv("TMPDIR");
	free(b.p);
}

static void test_files(void **state)
{
	char path[] = "/tmp/kmemdb-test-XXXXXX";
	const char *head;
	struct input in;
	struct err e;
	size_t len;
	char back[4];
	int fd = mkstemp(path), again = -1;

	(void)state;
	assert_int_equal(write(fd, "text", 4), 4);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(input_open_fd(&in, "given", fd, &e), 0);
	assert_true(in.plain_file);
	input_head(&in, &head, &len);
	assert_int_equal(len, 4);
	assert_memory_equal(head, "text", 4);
	assert_int_equal(input_seekable(&in, &again, &e), 0);
	assert_int_equal(read(again, back, 4), 4);
	assert_memory_equal(back, "text", 4);
	close(again);
	input_close(&in);
	/* The input took the descriptor. */
	assert_int_equal(fcntl(fd, F_GETFD), -1);
	unlink(path);
	assert_int_equal(input_open(&in, path, &e), -(int)ERR_IO);
	assert_non_null(strstr(e.text, path));
	assert_int_equal(input_open(&in, "/tmp", &e), -(int)ERR_IO);
	assert_non_null(strstr(e.text, "directory"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ratio),
		cmocka_unit_test(test_source_errors),
		cmocka_unit_test(test_read_all),
		cmocka_unit_test(test_seekable),
		cmocka_unit_test(test_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
