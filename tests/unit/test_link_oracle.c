/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link/: the replay of a script against the real linker.  Small objects are
 * assembled and linked with -Map; both ways must give the same layout.
 */
#include "link_files.h"
#include "link_fixture.h"

#define OBJECTS 3
#define WANT (ELF_WANT_SYMBOLS | ELF_WANT_MERGE_CONTENT)

struct oracle {
	char dir[64];
	struct object_record records[OBJECTS], image;
	struct link_input inputs[OBJECTS];
	char paths[OBJECTS][16];
	char *map;
	size_t map_len;
};

static const char *const sources[OBJECTS] = {
	".text\n.globl _start\n_start: .fill 13,1,0\n"
	".section .rodata.str1.1,\"aMS\",%progbits,1\n"
	".asciz \"one\"\n.asciz \"twenty one\"\n.asciz \"same\"\n"
	".section .rodata.str1.8,\"aMS\",%progbits,1\n.p2align 3\n"
	".asciz \"long string\"\n.p2align 3\n.asciz \"string\"\n"
	".section .rodata.cst8,\"aM\",%progbits,8\n.quad 1\n.quad 2\n"
	".section .init.text,\"ax\",%progbits\n.fill 7,1,0\n"
	".section ___ksymtab+zeta,\"a\",%progbits\n.p2align 2\n.fill 12,1,1\n"
	".section .discard.x,\"aw\",%progbits\n.fill 24,1,0\n"
	".comm shared,40,32\n",

	".text\n.globl second\n.p2align 5\nsecond: .fill 40,1,0\n"
	".section .text.hot,\"ax\",%progbits\n.globl hot\nhot: .fill 9,1,0\n"
	".section .rodata.str1.1,\"aMS\",%progbits,1\n"
	".asciz \"same\"\n.asciz \"one\"\n.asciz \"end\"\n"
	".section .rodata.str1.8,\"aMS\",%progbits,1\n.p2align 3\n"
	".asciz \"string\"\n.p2align 3\n.asciz \"a longer string\"\n"
	".section .rodata.cst8,\"aM\",%progbits,8\n.quad 2\n.quad 3\n"
	".section ___ksymtab+alpha,\"a\",%progbits\n.p2align 2\n.fill 12,1,1\n"
	".data\n.globl d\nd: .fill 3,1,0\n.bss\n.space 5\n",

	".text\n.globl third\nthird: .fill 1,1,0\n"
	".section .rodata.str1.1,\"aMS\",%progbits,1\n.asciz \"same\"\n"
	".section .orphan,\"aw\",%progbits\n.globl o\no: .fill 6,1,0\n"
	".data\n.p2align 6\n.globl d3\nd3: .fill 65,1,0\n"
	".comm shared,48,64\n.comm mine,3,1\n",
};

static const char script[] =
	"ENTRY(_start)\nSECTIONS\n{\n . = 0x400000;\n"
	" .text : { _text = .; *(.text.hot .text.hot.*) *(.text)\n"
	"  . = ALIGN(64); BYTE(7) SHORT(1) __x = .; . = __x + 0x20; } =0xcc\n"
	" .rodata : { *(.rodata) *(.rodata.*) . += 3; }\n"
	" ksymtab : { KEEP(*(SORT(___ksymtab+*))) }\n"
	" .notes : { *(.note.*) }\n"
	" . = ALIGN(4096); __init_begin = .;\n"
	" .init.text : { *(.init.text) . = ALIGN(16); }\n"
	" __init_end = .;\n"
	" .data : SUBALIGN(16) { __d = .; *(.data) . = __d + 0x100;  LONG(1) }\n"
	" .bss : { *(.bss) *(COMMON) . = ALIGN(8); }\n _end = .;\n"
	" /DISCARD/ : { *(.discard.*) *(.note.GNU-stack) *(.note.gnu.property) }\n}\n";

static char *slurp(const char *dir, const char *name, size_t *ret_len)
{
	FILE *f = open_file(dir, name, "r");
	char *text = malloc(1 << 20);

	assert_non_null(text);
	*ret_len = fread(text, 1, 1 << 20, f);
	fclose(f);
	return text;
}

static void write_file(const char *dir, const char *name, const char *text)
{
	FILE *f = open_file(dir, name, "w");

	fputs(text, f);
	fclose(f);
}

/* link: how the objects become "image" and "map" in the directory. */
static void build(struct oracle *o, const char *link)
{
	char command[512], name[16];
	struct err e;

	memset(o, 0, sizeof(*o));
	strcpy(o->dir, "/tmp/kmemdb-link-XXXXXX");
	assert_non_null(mkdtemp(o->dir));
	assert_int_equal(elf_object_init(&e), 0);
	write_file(o->dir, "script", script);
	for (int i = 0; i < OBJECTS; i++) {
		snprintf(name, sizeof(name), "%d.s", i);
		write_file(o->dir, name, sources[i]);
		snprintf(command, sizeof(command), "cd %s && as -o %d.o %d.s",
			 o->dir, i, i);
		assert_int_equal(system(command), 0);
	}
	snprintf(command, sizeof(command), "cd %s && %s", o->dir, link);
	assert_int_equal(system(command), 0);
	for (int i = 0; i < OBJECTS; i++) {
		snprintf(o->paths[i], sizeof(o->paths[i]), "%d.o", i);
		read_record(o->dir, o->paths[i], WANT, &o->records[i]);
		o->inputs[i] = (struct link_input){
			.path = o->paths[i],
			.record = &o->records[i],
		};
	}
	read_record(o->dir, "image", WANT, &o->image);
	o->map = slurp(o->dir, "map", &o->map_len);
	snprintf(command, sizeof(command), "rm -r %s", o->dir);
	assert_int_equal(system(command), 0);
}

static void release(struct oracle *o)
{
	for (int i = 0; i < OBJECTS; i++)
		object_record_release(&o->records[i]);
	object_record_release(&o->image);
	free(o->map);
}

/* At most slack bytes may be unexplained. */
static struct layout compute(const struct oracle *o, bool map, int slack)
{
	struct link_job job = {
		.inputs = o->inputs,
		.ninputs = OBJECTS,
		.image = &o->image,
		.script = script,
		.script_len = sizeof(script) - 1,
		.map = map ? o->map : NULL,
		.map_len = o->map_len,
	};
	struct layout l;
	struct err e;

	if (link_layout_compute(&job, &l, &e))
		fail_msg("%s", e.text);
	assert_int_equal(l.source, map ? LAYOUT_MAP : LAYOUT_SCRIPT);
	assert_true(l.checked > 4);
	assert_int_equal(l.agreed, l.checked);
	for (size_t i = 0; i < l.nlines; i++)
		if (l.lines[i].kind == LINE_UNEXPLAINED)
			assert_in_range(l.lines[i].bytes + slack, 0, 2 * slack);
	return l;
}

static void assert_same(const struct layout *a, const struct layout *b)
{
	assert_int_equal(a->nlines, b->nlines);
	for (size_t i = 0; i < a->nlines; i++) {
		assert_int_equal(a->lines[i].kind, b->lines[i].kind);
		assert_string_equal(a->lines[i].subject, b->lines[i].subject);
		assert_int_equal(a->lines[i].bytes, b->lines[i].bytes);
	}
	assert_int_equal(a->nplacements, b->nplacements);
	for (size_t i = 0; i < a->nplacements; i++) {
		const struct placement *x = &a->placements[i];
		const struct placement *y = &b->placements[i];

		assert_int_equal(x->output, y->output);
		assert_int_equal(x->addr, y->addr);
		assert_int_equal(x->size, y->size);
		assert_int_equal(x->lifetime, y->lifetime);
	}
}

static void check(const char *tool, const char *link, bool same, int slack)
{
	struct layout by_script, by_map;
	struct oracle o;

	if (!assemble_have("as") || !assemble_have(tool))
		skip();
	build(&o, link);
	by_script = compute(&o, false, slack);
	by_map = compute(&o, true, 0);
	if (same)
		assert_same(&by_script, &by_map);
	layout_release(&by_script);
	layout_release(&by_map);
	release(&o);
}

static void test_gnu_ld(void **state)
{
	(void)state;
	check("ld",
	      "ld --build-id=sha1 -T script -Map=map -o image 0.o 1.o 2.o 2>/dev/null",
	      true, 0);
}

/* Two steps, as where vmlinux is linked from vmlinux.o. */
static void test_linked_twice(void **state)
{
	(void)state;
	check("ld",
	      "ld -r -o all.o 0.o 1.o 2.o && ld --build-id=sha1 -T script -Map=map -o image all.o 2>/dev/null",
	      true, 0);
}

/* lld's map does not tell which sections it merged; and it lays merged
 * strings in the order of a hash, so that the last one's padding differs. */
static void test_lld(void **state)
{
	(void)state;
	check("ld.lld",
	      "ld.lld --build-id=sha1 -T script -Map=map -o image 0.o 1.o 2.o 2>/dev/null",
	      false, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_gnu_ld),
		cmocka_unit_test(test_linked_twice),
		cmocka_unit_test(test_lld),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
