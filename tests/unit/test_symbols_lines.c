/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source lines, looked up in a process of their own.
 */
#include "assemble.h"

#include <cmocka.h>
#include <sys/mman.h>

#include "symbols/lines.h"
#include "symbols/lines_batch.h"

/* At `here` inner is inlined in middle, and that in outer. */
#define SOURCE                                                                 \
	"# 1 \"dir/inner.h\"\n"                                                \
	"extern int work(int);\n"                                              \
	"static inline __attribute__((always_inline)) int inner(int a)\n"      \
	"{\n"                                                                  \
	"	__asm__ volatile(\".globl here\\nhere: nop\");\n"                    \
	"	return work(a) + 1;\n"                                               \
	"}\n"                                                                  \
	"# 10 \"outer.c\"\n"                                                   \
	"static inline __attribute__((always_inline)) int middle(int a)\n"     \
	"{\n"                                                                  \
	"	return inner(a + 1) + 2;\n"                                          \
	"}\n"                                                                  \
	"__attribute__((noinline)) int work(int a) { return a * 3; }\n"        \
	"__attribute__((section(\".text.outer\"))) int outer(int a)\n"         \
	"{\n"                                                                  \
	"	return middle(a) + 3;\n"                                             \
	"}\n"

static uint64_t address_of(int fd, const char *symbol)
{
	char command[128];
	uint64_t addr = 0;
	char line[64];
	FILE *p;

	snprintf(command, sizeof(command),
		 "nm /dev/fd/%d | awk '$3 == \"%s\" { print $1 }'", fd, symbol);
	p = popen(command, "r");
	assert_non_null(p);
	if (fgets(line, sizeof(line), p))
		addr = strtoull(line, NULL, 16);
	pclose(p);
	return addr;
}

static void check_frames(int fd, const struct line_query *q)
{
	struct arena arena = ARENA_INIT;
	struct line_query two[2] = { *q, { q->section, UINT64_MAX - 1 } };
	struct line_answer a[2];
	bool debug = false;
	struct err e;

	assert_int_equal(lines_batch(fd, "x", two, 2, &arena, a, &debug, &e),
			 0);
	assert_true(debug);
	assert_int_equal(a[0].nframes, 3);
	assert_string_equal(a[0].frames[0].function, "inner");
	assert_non_null(strstr(a[0].frames[0].file, "dir/inner.h"));
	assert_int_equal(a[0].frames[0].line, 4);
	assert_string_equal(a[0].frames[1].function, "middle");
	assert_non_null(strstr(a[0].frames[1].file, "outer.c"));
	assert_int_equal(a[0].frames[1].line, 12);
	assert_string_equal(a[0].frames[2].function, "outer");
	assert_int_equal(a[0].frames[2].line, 17);
	assert_int_equal(a[1].nframes, 0);
	/* None asked for, none given. */
	assert_int_equal(lines_batch(fd, "x", NULL, 0, &arena, a, &debug, &e),
			 0);
	arena_release(&arena);
}

static void test_linked(void **state)
{
	int fd = assemble(
		"gcc -g -O2 -nostdlib -static -no-pie -Wl,-e,outer -x c",
		SOURCE);

	(void)state;
	check_frames(fd, &(struct line_query){ NULL, address_of(fd, "here") });
	close(fd);
}

static void test_relocatable(void **state)
{
	int fd = assemble("gcc -g -O2 -c -x c", SOURCE);
	struct line_query q = { ".text.outer", address_of(fd, "here") };
	struct line_answer a;
	struct arena arena = ARENA_INIT;
	bool debug;
	struct err e;

	(void)state;
	check_frames(fd, &q);
	q.section = ".nothing";
	assert_int_equal(lines_batch(fd, "x", &q, 1, &arena, &a, &debug, &e),
			 0);
	assert_int_equal(a.nframes, 0);
	q.section = NULL;
	assert_int_equal(lines_batch(fd, "x", &q, 1, &arena, &a, &debug, &e),
			 0);
	assert_int_equal(a.nframes, 0);
	arena_release(&arena);
	close(fd);
}

static void test_no_debug(void **state)
{
	int fd = assemble("gcc -g0 -c -x c", SOURCE);
	struct line_query q = { ".text", 1 };
	struct arena arena = ARENA_INIT;
	struct line_answer a;
	bool debug = true;
	struct err e;

	(void)state;
	assert_int_equal(lines_batch(fd, "x", &q, 1, &arena, &a, &debug, &e),
			 0);
	assert_false(debug);
	assert_int_equal(a.nframes, 0);
	arena_release(&arena);
	close(fd);
}

static void test_foreign(void **state)
{
	struct line_query q = { ".text", 1 };
	struct arena arena = ARENA_INIT;
	struct line_answer a;
	struct err e;
	bool debug;
	int fd;

	(void)state;
	if (!assemble_have("arm-linux-gnueabihf-gcc"))
		skip();
	fd = assemble("arm-linux-gnueabihf-gcc -g -c -x c",
		      "int f(int a) { return a; }\n");
	assert_int_equal(lines_batch(fd, "x.ko", &q, 1, &arena, &a, &debug, &e),
			 0);
	assert_int_equal(a.nframes, 1);
	assert_string_equal(a.frames[0].function, "f");
	close(fd);
	/* An image needs no relocation. */
	fd = assemble(
		"arm-linux-gnueabihf-gcc -g -nostdlib -static -x c -Wl,-e,f -mthumb",
		"int f(int a) { return a; }\n");
	q = (struct line_query){ NULL, address_of(fd, "f") & ~UINT64_C(1) };
	assert_int_equal(
		lines_batch(fd, "vmlinux", &q, 1, &arena, &a, &debug, &e), 0);
	assert_int_equal(a.nframes, 1);
	assert_string_equal(a.frames[0].function, "f");
	assert_int_equal(a.frames[0].line, 1);
	arena_release(&arena);
	close(fd);
}

static int file_of(const void *bytes, size_t size)
{
	int fd = memfd_create("damaged", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, size), size);
	return fd;
}

static void test_hostile(void **state)
{
	int fd = assemble("gcc -g -O2 -c -x c", SOURCE);
	struct line_query q = { ".text.outer", address_of(fd, "here") };
	static unsigned char whole[1 << 16], bytes[1 << 16];
	ssize_t size = read(fd, whole, sizeof(whole));
	struct arena arena = ARENA_INIT;
	struct line_answer a;
	uint64_t seed = 1;
	struct err e;
	bool debug;

	(void)state;
	close(fd);
	assert_true(size > 1000);
	for (unsigned int i = 0; i < 300; i++) {
		size_t len = i % 10 ? (size_t)size : (size_t)size * i / 300;
		int rc, damaged;

		memcpy(bytes, whole, (size_t)size);
		for (unsigned int k = 0; len && k < i / 8; k++) {
			seed = seed * UINT64_C(6364136223846793005) + 1;
			bytes[(seed >> 33) % len] = (unsigned char)(seed >> 20);
		}
		damaged = file_of(bytes, len);
		rc = lines_batch(damaged, "x", &q, 1, &arena, &a, &debug, &e);
		assert_true(rc == 0 || rc == -ERR_FORMAT || rc == -ERR_NOMEM);
		close(damaged);
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_linked),
		cmocka_unit_test(test_relocatable),
		cmocka_unit_test(test_no_debug),
		cmocka_unit_test(test_foreign),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
