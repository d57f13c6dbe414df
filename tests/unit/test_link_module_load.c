/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link/: what a module takes when it is loaded, added up by hand for each era
 * of the kernel's loader.
 */
#include "assemble.h"

#include <elf.h>

#include "elf/elf_object.h"
#include "link/module_load.h"

/* Core: 5000 of code, 100 of constants, 60 of jumps, 200 of data, 64 of the
 * structure. Init: 300 of code. Gone: .modinfo. Apart: 48 per CPU.
 * Named symbols: f (code), c, d, m (data), i (init), p (per CPU), u. */
static const char module[] =
	".text\n .globl f\nf: .fill 5000,1,0x90\n call u\n"
	".section .rodata,\"a\"\n c: .fill 100,1,1\n"
	".section __jump_table,\"aw\"\n .balign 8\n .fill 60,1,1\n"
	".data\n .balign 16\nd: .fill 200,1,2\n"
	".section .gnu.linkonce.this_module,\"aw\"\n .balign 64\nm: .fill 64,1,0\n"
	".section .init.text,\"ax\"\ni: .fill 300,1,0x90\n"
	".section .exit.text,\"ax\"\n .fill 40,1,0x90\n"
	".section .data..percpu,\"aw\"\np: .fill 48,1,0\n"
	".section .modinfo,\"a\"\n .asciz \"license=GPL\"\n"
	".section .discardable,\"\"\n .fill 900,1,0\n";

#define CONFIG                                                                 \
	"CONFIG_KALLSYMS=y\nCONFIG_KALLSYMS_ALL=y\nCONFIG_MODULE_UNLOAD=y\nCONFIG_STRICT_MODULE_RWX=y\n"

static struct object_record record;

static int read_module(void **state)
{
	struct err e = { 0 };
	int fd = assemble("as --64", module);

	(void)state;
	assert_int_equal(elf_object_init(&e), 0);
	if (elf_object_read(fd, ELF_WANT_SYMTAB, &record, &e) < 0)
		fail_msg("%s", e.text);
	close(fd);
	return 0;
}

static int drop_module(void **state)
{
	(void)state;
	object_record_release(&record);
	return 0;
}

static struct module_load load(const char *release, const char *config)
{
	struct module_rules rules =
		module_rules_of(release, config, config ? strlen(config) : 0);

	return module_load_compute(&rules, &record);
}

/* .text has five bytes for the call. */
#define CODE (5000 + 5)
/* The empty symbol, f, c, d, m and p: 24 bytes, a name with NUL, a type. */
#define KEPT(n) ((n)*24 + 1 + ((n)-1) * 2 + (n))

static void test_symbols(void **state)
{
	struct module_load l = load("6.1.140", CONFIG);

	(void)state;
	assert_true(l.known);
	assert_int_equal(l.doubts, 0);
	assert_int_equal(l.page, 4096);
	assert_int_equal(l.percpu, 48);
	assert_int_equal(l.symbols, KEPT(6));
	assert_int_equal(l.content, CODE + 40 + 100 + 60 + 200 + 64 + KEPT(6));
	/* Of functions alone. */
	l = load("6.1.140", "CONFIG_KALLSYMS=y\nCONFIG_MODULE_UNLOAD=y\n");
	assert_int_equal(l.symbols, KEPT(2));
	l = load("6.1.140", "# CONFIG_KALLSYMS is not set\n");
	assert_int_equal(l.symbols, 0);
	/* Types have an array of their own since 5.2; before 4.5 no symbol of
	 * per-CPU data was kept; before 3.13 there was a byte more. */
	assert_int_equal(load("5.1.0", CONFIG).symbols, KEPT(6) - 6);
	assert_int_equal(load("4.4.1", CONFIG).symbols, KEPT(5) - 5);
	assert_int_equal(load("3.12.0", CONFIG).symbols, KEPT(5) - 5 + 1);
	assert_int_equal(load("3.2", CONFIG).doubts, LOAD_DOUBT_SYMBOLS);
}

static void test_eras(void **state)
{
	struct module_load l;

	(void)state;
	/* Code, constants, read-only after init, data, symbols. */
	l = load("6.1.0", CONFIG);
	assert_int_equal(l.core, (2 + 1 + 1 + 1 + 1) * 4096);
	/* Code; then symbols and their names, which are data. */
	assert_int_equal(l.init, (1 + 1) * 4096);
	/* Each an allocation: the symbols follow the data. */
	l = load("6.4.0", CONFIG);
	assert_int_equal(l.core, (2 + 1 + 1 + 1) * 4096);
	assert_int_equal(l.init, (1 + 1) * 4096);
	assert_int_equal(load("7.1.5-rc1", CONFIG).core, 5 * 4096);
	/* Jump labels were data before 4.20: no kind of their own. */
	assert_int_equal(load("4.19.13", CONFIG).core, 5 * 4096);
	/* Symbols were not rounded up before 4.0. */
	l = load("3.19.0", CONFIG);
	assert_int_equal(l.core, (2 + 1 + 1) * 4096 + KEPT(5) - 5);
	/* Before 2.6.32 the whole table stayed. */
	l = load("2.6.31", CONFIG);
	assert_int_equal(l.core, (2 + 1 + 1) * 4096 + l.symbols);
	assert_int_equal(l.symbols,
			 record.symtab.count * 24 + record.symtab.strings);
}

static void test_unload(void **state)
{
	static const char keeps[] = "CONFIG_STRICT_MODULE_RWX=y\n";
	struct module_load l = load("5.14.0", keeps);

	(void)state;
	/* Code to leave with goes with init, or was never loaded. */
	assert_int_equal(l.content, CODE + 100 + 60 + 200 + 64);
	assert_int_equal(l.init, 4096);
	assert_int_equal(load("5.13.0", keeps).content, l.content);
	assert_int_equal(load("5.13.0", "CONFIG_MODULE_UNLOAD=y\n").content,
			 l.content + 40);
}

/* Without strict permissions only alignments are left: 5005 + 40 of code,
 * 100, 60 at 8, 200 at 16, 64 at 64. */
static void test_not_aligned(void **state)
{
	uint64_t at = CODE + 40 + 100;

	(void)state;
	at = (at + 7) / 8 * 8 + 60;
	at = (at + 15) / 16 * 16 + 200;
	at = (at + 63) / 64 * 64 + 64;
	assert_int_equal(load("6.1.0", "CONFIG_MODULE_UNLOAD=y\n").core, at);
}

static void test_pages(void **state)
{
	(void)state;
	assert_int_equal(load("6.12.0", CONFIG "CONFIG_PAGE_SHIFT=14\n").core,
			 4 * 16384);
	assert_int_equal(
		load("6.6.0", CONFIG "CONFIG_ARM64_64K_PAGES=y\n").page, 65536);
	assert_int_equal(load("6.6.0", CONFIG "CONFIG_PAGE_SHIFT=99\n").page,
			 4096);
}

/* ARM's unwind tables of init code go with it since 5.8. */
static void test_arm_unwind(void **state)
{
	static struct obj_section sections[] = {
		{ .name = ".text",
		  .flags = SHF_ALLOC | SHF_EXECINSTR,
		  .size = 100,
		  .align = 4 },
		{ .name = ".ARM.exidx.init.text",
		  .flags = SHF_ALLOC,
		  .size = 16,
		  .align = 4 },
		{ .name = ".gnu.linkonce.this_module",
		  .flags = SHF_ALLOC | SHF_WRITE,
		  .size = 8,
		  .align = 4 },
	};
	const struct object_record arm = {
		.etype = ET_REL,
		.machine = EM_ARM,
		.elf_class = ELFCLASS32,
		.sections = sections,
		.nsections = 3,
	};
	static const char config[] = "CONFIG_MODULE_UNLOAD=y\n";
	static const struct {
		const char *release;
		uint64_t core, init;
	} eras[] = { { "5.7.0", 124, 0 }, { "5.8.0", 108, 16 } };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct module_rules rules = module_rules_of(eras[i].release,
							    config,
							    strlen(config));
		struct module_load l = module_load_compute(&rules, &arm);

		assert_int_equal(l.core, eras[i].core);
		assert_int_equal(l.init, eras[i].init);
	}
}

static void test_not_known(void **state)
{
	struct object_record none = { .etype = ET_REL };
	struct module_rules rules = module_rules_of(NULL, NULL, 0);

	(void)state;
	assert_int_equal(load(NULL, CONFIG).doubts, LOAD_DOUBT_RELEASE);
	assert_int_equal(load("next", CONFIG).doubts, LOAD_DOUBT_RELEASE);
	assert_int_equal(load("6.1", NULL).doubts, LOAD_DOUBT_CONFIG);
	assert_int_equal(load("6.1", NULL).core, load("6.1.9", CONFIG).core);
	/* Nothing would load it. */
	assert_false(module_load_compute(&rules, &none).known);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_symbols),
		cmocka_unit_test(test_eras),
		cmocka_unit_test(test_unload),
		cmocka_unit_test(test_not_aligned),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_arm_unwind),
		cmocka_unit_test(test_not_known),
	};

	return cmocka_run_group_tests(tests, read_module, drop_module);
}
