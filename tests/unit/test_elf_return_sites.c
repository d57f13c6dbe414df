/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * elf/returns: the places after calls, on every machine whose calls are
 * known.  Each source names them itself: a label that begins with "ret"
 * is where a call returns to, and no other place may be found.
 */
#include "assemble.h"

#include <elf.h>

#include "elf/elf_object.h"
#include "elf/return_sites.h"
#include "support/leb128.h"

static struct object_record read_asm(const char *tool, const char *source)
{
	struct object_record r;
	struct err e = { 0 };
	int fd = assemble(tool, source);

	assert_int_equal(elf_object_init(&e), 0);
	if (elf_object_read(fd, ELF_WANT_SYMBOLS, &r, &e) < 0)
		fail_msg("%s", e.text);
	close(fd);
	return r;
}

static bool has_label(const struct object_record *r, size_t section,
		      uint64_t value)
{
	for (size_t i = 0; i < r->nsymbols; i++)
		if (r->symbols[i].section == section &&
		    r->symbols[i].value == value &&
		    strncmp(r->symbols[i].name, "ret", 3) == 0)
			return true;
	return false;
}

/* Offsets found are exactly those of the labels; how many there are. */
static size_t check_labels(const struct object_record *r)
{
	size_t found = 0, labels = 0;

	for (size_t i = 0; i < r->nsections; i++) {
		const unsigned char *p = r->sections[i].return_sites;
		const unsigned char *end = p + r->sections[i].return_sites_len;
		uint64_t at = 0, step = 0;

		while (p < end) {
			assert_true(leb128_get(&p, end, &step));
			assert_true(step > 0);
			at += step;
			if (!has_label(r, i, at))
				fail_msg("machine %u: a return at %s+0x%llx",
					 r->machine, r->sections[i].name,
					 (unsigned long long)at);
			found++;
		}
	}
	for (size_t i = 0; i < r->nsymbols; i++)
		labels += strncmp(r->symbols[i].name, "ret", 3) == 0;
	assert_int_equal(found, labels);
	return found;
}

static void check(const char *tool, const char *source, unsigned int machine,
		  size_t count)
{
	struct object_record r = read_asm(tool, source);

	assert_int_equal(r.machine, machine);
	assert_true(r.return_sites_known);
	assert_int_equal(check_labels(&r), count);
	object_record_release(&r);
}

static void test_x86_64(void **state)
{
	(void)state;
	check("as --64",
	      "f: call g\nret1: call f\nret2: call *%rax\nret3: call *%r9\n"
	      "ret4: call *g(%rip)\nret5: call *-0x28(%rax)\n"
	      "ret6: call *0x12345(%r11)\n"
	      "ret7: call *g(,%rax,8)\nret8: call *(%rsp)\n"
	      "ret9: call *8(%rsp)\nret10: call *0x1234(%rsp,%rcx,4)\n"
	      "ret11: call *%gs:0x10\nret12: call *(%rax)\n"
	      "ret13: call *(%rbp,%rcx)\nret14:\n"
	      /* Not: a jump, a decrement, a push, -1, far out of reach. */
	      "jmp *%rax\n decl %eax\n pushq (%rax)\n mov $-1, %eax\n"
	      "jmp g\n .byte 0xe8, 0xff, 0xff, 0xff, 0x7f\n"
	      ".section .init.text,\"ax\"\n call f\nret15: ret\n"
	      /* What is no code has no calls. */
	      ".data\n .byte 0xe8, 0, 0, 0, 0\n"
	      /* Cut short by the end. */
	      ".section .cut,\"ax\"\n .byte 0x90, 0xe8, 0, 0\n"
	      ".section .cut2,\"ax\"\n .byte 0xff\n"
	      ".section .cut3,\"ax\"\n .byte 0xff, 0x15, 0\n"
	      ".section .last,\"ax\"\n call g\nret16:\n",
	      EM_X86_64, 16);
}

static void test_i386(void **state)
{
	(void)state;
	/* The call from .init.text holds the offset of f in .text. */
	check("as --32",
	      ".fill 32,1,0x90\nf: call g\nret1: call *%eax\n"
	      "ret2: call *g\nret3: call *g(,%eax,4)\nret4: call f\nret5:\n"
	      ".section .init.text,\"ax\"\n call f\nret6: ret\n"
	      ".byte 0xe8, 0, 0, 1, 0\n",
	      EM_386, 6);
}

/* Out of order, and each once: ff 15 … with an e8 inside. */
static void test_overlap(void **state)
{
	(void)state;
	check("as --64",
	      ".byte 0xff, 0x95\n .byte 0xff, 0xd0\nret1: .byte 0, 0\nret2:\n"
	      ".byte 0xff, 0x14, 0x25, 0xff, 0xd1\nret3: .byte 0xff, 0xd2\n"
	      "ret4: nop\n",
	      EM_X86_64, 4);
}

#define ARM_CODE                                                               \
	".syntax unified\n.arm\n"                                              \
	"f: bl g\nret1: blne g\nret2: blx r3\nret3: mov lr, pc\n mov pc, r3\n" \
	"ret4: bx r3\n b g\n .word 0xeb000000\n"                               \
	".thumb\n.thumb_func\n"                                                \
	"t: bl g\nret5: blx f\nret6: blx r3\nret7: bx r3\n b.w g\n nop\n"      \
	".align 2\n .word 0x47984798\n .arm\n blx t\nret8: nop\n"

static void test_arm(void **state)
{
	(void)state;
	if (!assemble_have("arm-linux-gnueabihf-as"))
		skip();
	check("arm-linux-gnueabihf-as -march=armv7-a", ARM_CODE, EM_ARM, 8);
	check("arm-linux-gnueabihf-as -march=armv7-a -EB", ARM_CODE, EM_ARM, 8);
}

/* Without mapping symbols the bytes may be either. */
static void test_arm_unmarked(void **state)
{
	(void)state;
	if (!assemble_have("arm-linux-gnueabihf-as"))
		skip();
	check("sh -c 'arm-linux-gnueabihf-as -march=armv7-a -o $2 - && arm-linux-gnueabihf-objcopy --redefine-sym \\$a=a --redefine-sym \\$t=t --redefine-sym \\$d=d $2' x",
	      ".syntax unified\n.arm\n blx r3\nret1: mov r0, r0\n"
	      ".thumb\n blx r3\nret2: nop\n .word 0xebffffff\nret3:\n",
	      EM_ARM, 3);
}

#define CLANG(target) "clang --target=" target "-linux-gnu -x assembler -c"

static void test_arm64(void **state)
{
	static const char code[] =
		"bl g\nret1: blr x8\nret2: blraa x8, x9\n"
		"ret3: blraaz x8\nret4: blrab x8, x9\nret5: blrabz x8\n"
		"ret6: br x8\n b g\n ret\n cbz x0, g\n";

	(void)state;
	if (!assemble_have("clang"))
		skip();
	check(CLANG("aarch64") " -march=armv8.3-a", code, EM_AARCH64, 6);
	/* Code is little-endian even where data are not. */
	check(CLANG("aarch64_be") " -march=armv8.3-a", code, EM_AARCH64, 6);
}

static void test_mips(void **state)
{
	static const char code[] =
		".set noreorder\nf: jal g\n nop\nret1: jalr $25\n nop\n"
		"ret2: bal f\n nop\nret3: jr $31\n nop\n b f\n nop\n";

	(void)state;
	if (!assemble_have("clang"))
		skip();
	check(CLANG("mips") " -fno-pic -mno-abicalls", code, EM_MIPS, 3);
	check(CLANG("mips64el") " -fno-pic -mno-abicalls", code, EM_MIPS, 3);
}

static void test_powerpc(void **state)
{
	static const char code[] = "bl g\nret1: bctrl\nret2: blrl\nret3: blr\n"
				   "bctr\n b g\n";

	(void)state;
	if (!assemble_have("clang"))
		skip();
	check(CLANG("powerpc64le"), code, EM_PPC64, 3);
	check(CLANG("powerpc"), code, EM_PPC, 3);
}

static void test_riscv(void **state)
{
	(void)state;
	if (!assemble_have("clang"))
		skip();
	check(CLANG("riscv64") " -march=rv64gc -mno-relax",
	      "call g\nret1: jal ra, f\nret2: jalr a0\nret3: c.jalr a1\n"
	      "ret4: jalr ra, 8(a0)\nret5: c.jr a0\n c.ebreak\n jr a0\n"
	      "c.addiw a0, 1\nf: j f\n",
	      EM_RISCV, 5);
	check(CLANG("riscv32") " -march=rv32gc -mno-relax",
	      "f: c.jal f\nret1: c.jalr a1\nret2: c.j f\n", EM_RISCV, 2);
}

static void test_s390(void **state)
{
	(void)state;
	if (!assemble_have("clang"))
		skip();
	check(CLANG("s390x"),
	      "f: brasl %r14, g\nret1: bras %r14, f\nret2: basr %r14, %r1\n"
	      "ret3: br %r14\n basr %r14, 0\n jg g\n",
	      EM_S390, 3);
}

static void test_unknown(void **state)
{
	(void)state;
	assert_false(return_sites_known(EM_SPARCV9, 0));
	assert_false(return_sites_known(EM_NONE, 0));
	assert_true(return_sites_known(EM_MIPS, 0));
	assert_false(return_sites_known(EM_MIPS, 0x02000000)); /* microMIPS */
}

/* A call that moves is another footprint; a constant in the code and the
 * counter of a name are not. */
static void test_fingerprint(void **state)
{
	static const char *const sources[] = {
		"f.1: call g\n movl $1, %eax\n ret\n",
		"f.2: call g\n movl $2, %eax\n ret\n",
		"f.1: movl $1, %eax\n call g\n ret\n",
	};
	struct object_record r[3];

	(void)state;
	for (size_t i = 0; i < 3; i++)
		r[i] = read_asm("as --64", sources[i]);
	assert_memory_equal(r[0].fingerprint, r[1].fingerprint, 16);
	assert_memory_not_equal(r[0].fingerprint, r[2].fingerprint, 16);
	for (size_t i = 0; i < 3; i++)
		object_record_release(&r[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_x86_64),
		cmocka_unit_test(test_i386),
		cmocka_unit_test(test_overlap),
		cmocka_unit_test(test_arm),
		cmocka_unit_test(test_arm_unmarked),
		cmocka_unit_test(test_arm64),
		cmocka_unit_test(test_mips),
		cmocka_unit_test(test_powerpc),
		cmocka_unit_test(test_riscv),
		cmocka_unit_test(test_s390),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_fingerprint),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
