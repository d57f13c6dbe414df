/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the traced kernel ran: by its list of symbols, else by trying.
 */
#include "symbols_fixture.h"

#include <unistd.h>

#include "import/kaslr.h"

#define MOVED (BASE + 0x1a000000)
#define RETURNS_EVERY 0x35 /* bytes from one return to the next */
#define NRETURNS 200

/* vmlinux of one function with many calls, and a module. */
static struct fix *make_build(void)
{
	uint64_t returns[NRETURNS + 1] = { 0 };
	struct fix *f = fix_new(62, true);

	for (uint64_t i = 0; i < NRETURNS; i++)
		returns[i] = 0x10 + i * RETURNS_EVERY;
	fix_image(f, "vmlinux");
	fix_space(f, NULL);
	fix_place(f, BASE, 0x10000, 0, returns);
	fix_symbol(f, "alpha", BASE, 0x8000);
	fix_symbol(f, "beta", BASE + 0x8000, 0x8000);
	fix_image(f, "fuse");
	fix_space(f, ".text");
	fix_place(f, 0, 0x40, 1, RETURNS(0x20));
	fix_symbol(f, "alpha", 0, 0x40);
	fix_start(f);
	return f;
}

/* Sites by their text, from id 1 on. */
static void add_site(struct trace_names *n, const char *text)
{
	assert_int_not_equal(intern_id(&n->sites, text, strlen(text)),
			     INTERN_NONE);
}

static void add_addresses(struct trace_names *n, uint64_t from, size_t count)
{
	char text[32];

	for (size_t i = 0; i < count; i++) {
		snprintf(text, sizeof(text), "0x%llx",
			 (unsigned long long)(from + 0x10 + i * RETURNS_EVERY));
		add_site(n, text);
	}
}

struct found {
	struct fix *f;
	struct trace_names names;
	struct running_kernel running;
	struct remarks notes;
};

static struct found start(void)
{
	struct found u = { .f = make_build() };

	u.names.pointer_bits = 64;
	/* Id 0 is "no caller". */
	add_site(&u.names, "");
	return u;
}

static void find(struct found *u)
{
	assert_int_equal(kaslr_find(u->f->r, &u->running, &u->names, &u->notes,
				    &u->f->e),
			 0);
}

static void end(struct found *u)
{
	running_kernel_release(&u->running);
	remarks_release(&u->notes);
	trace_names_release(&u->names);
	fix_end(u->f);
}

static void check_offset(struct found *u, int64_t offset, const char *note)
{
	int64_t got = -1;

	assert_true(resolver_kaslr_offset(u->f->r, &got));
	assert_int_equal(got, offset);
	assert_int_equal(remarks_count(&u->notes), note != NULL);
	if (note)
		assert_non_null(strstr(remarks_text(&u->notes, 0), note));
}

static void test_by_kallsyms(void **state)
{
	static const char list[] = "ffffffff9b000000 T alpha\n"
				   "ffffffff9b008000 t beta\n";
	struct found u = start();

	(void)state;
	u.running.kallsyms = list;
	u.running.kallsyms_len = sizeof(list) - 1;
	find(&u);
	check_offset(&u, 0x1a000000, "KASLR offset of 0x1a000000");
	end(&u);
}

static void test_hidden_kallsyms(void **state)
{
	static const char list[] = "0000000000000000 T alpha\n";
	struct found u = start();

	(void)state;
	u.running.kallsyms = list;
	u.running.kallsyms_len = sizeof(list) - 1;
	/* Then the addresses tell. */
	add_addresses(&u.names, MOVED, 40);
	find(&u);
	assert_int_equal(remarks_count(&u.notes), 2);
	assert_non_null(strstr(remarks_text(&u.notes, 0), "are hidden"));
	assert_non_null(strstr(remarks_text(&u.notes, 1), "0x1a000000"));
	end(&u);
}

static void test_by_trying(void **state)
{
	struct found u = start();

	(void)state;
	add_addresses(&u.names, MOVED, 40);
	find(&u);
	check_offset(&u, 0x1a000000, "KASLR offset of 0x1a000000");
	end(&u);
	/* None is one, too, and nothing to speak of. */
	u = start();
	add_addresses(&u.names, BASE, 40);
	find(&u);
	check_offset(&u, 0, NULL);
	end(&u);
}

static void test_nothing_fits(void **state)
{
	struct found u = start();
	char text[32];
	int64_t got;

	(void)state;
	for (uint64_t i = 0; i < 40; i++) {
		snprintf(text, sizeof(text), "0x%llx",
			 (unsigned long long)(BASE + 0x11 + i * i * 13));
		add_site(&u.names, text);
	}
	find(&u);
	assert_false(resolver_kaslr_offset(u.f->r, &got));
	assert_int_equal(remarks_count(&u.notes), 1);
	assert_non_null(strstr(remarks_text(&u.notes, 0),
			       "no KASLR offset fits the addresses"));
	end(&u);
	/* Names only: nobody asked for an offset. */
	u = start();
	add_site(&u.names, "alpha+0x10/0x8000");
	find(&u);
	assert_false(resolver_kaslr_offset(u.f->r, &got));
	assert_int_equal(remarks_count(&u.notes), 0);
	end(&u);
}

static void test_modules(void **state)
{
	struct found u = start();

	(void)state;
	find(&u);
	assert_int_equal(fix_site(u.f, "alpha", 0), SITE_AMBIGUOUS);
	u.running.modules = "snd 4096 0 - Live 0x0\n";
	u.running.modules_len = strlen(u.running.modules);
	find(&u);
	ASSERT_OBJECT(u.f, "alpha", 0, 0, "alpha");
	end(&u);
}

/* The given file goes before the capture's, that before the trace's own. */
static void test_which_list(void **state)
{
	char path[] = "/tmp/kmemdb-test-XXXXXX", captured[] = "c", own[] = "t";
	struct trace_result t = { .kallsyms = own, .kallsyms_len = 1 };
	struct capture_info c = { .kallsyms = { captured, 1 } };
	const struct capture_part none = { NULL, 0 };
	struct running_kernel k = { .kallsyms = NULL };
	static const char given[] = "ffffffff81000000 T alpha\n";
	int fd = mkstemp(path);
	struct found u = start();
	struct err e;

	(void)state;
	t.names = &u.names;
	add_site(&u.names, "0xffffffff81000010");
	add_site(&u.names, "beta+0x1");
	assert_true(fd >= 0);
	assert_int_equal(write(fd, given, sizeof(given) - 1),
			 sizeof(given) - 1);
	close(fd);
	assert_int_equal(running_kernel_file(&k, path, &e), 0);
	assert_int_equal(running_kernel_read(&k, &c, &none, &t, &e), 0);
	assert_int_equal(k.kallsyms_len, sizeof(given) - 1);
	assert_memory_equal(k.kallsyms, given, sizeof(given) - 1);
	/* Only what came without a name gets one. */
	assert_int_equal(k.nnames, 1);
	assert_int_equal(k.names[0].name_len, 5);
	assert_memory_equal(k.names[0].name, "alpha", 5);
	assert_int_equal(k.names[0].offset, 0x10);
	running_kernel_release(&k);
	unlink(path);
	assert_int_equal(running_kernel_file(&k, path, &e), -ERR_IO);
	assert_non_null(strstr(e.text, path));
	running_kernel_release(&k);
	assert_int_equal(running_kernel_read(&k, &c, &none, &t, &e), 0);
	assert_ptr_equal(k.kallsyms, captured);
	running_kernel_release(&k);
	c.kallsyms.p = NULL;
	assert_int_equal(running_kernel_read(&k, &c, &none, &t, &e), 0);
	assert_ptr_equal(k.kallsyms, own);
	running_kernel_release(&k);
	t.kallsyms = NULL;
	assert_int_equal(running_kernel_read(&k, &c, &none, &t, &e), 0);
	assert_null(k.kallsyms);
	end(&u);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_kallsyms),
		cmocka_unit_test(test_hidden_kallsyms),
		cmocka_unit_test(test_by_trying),
		cmocka_unit_test(test_nothing_fits),
		cmocka_unit_test(test_modules),
		cmocka_unit_test(test_which_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
