/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link/: words, patterns, expressions and statements of linker scripts.
 */
#include "link_fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include "link/script/eval.h"
#include "link/script/glob.h"
#include "link/script/parse.h"
#include "link/script/stmt.h"

static bool glob(const char *pattern, const char *text)
{
	size_t budget = 1 << 20;

	return glob_match(pattern, strlen(pattern), text, strlen(text),
			  &budget);
}

static void test_glob(void **state)
{
	(void)state;
	assert_true(glob("*", ""));
	assert_true(glob(".text.*", ".text.foo"));
	assert_false(glob(".text.*", ".text"));
	assert_true(glob("*/lib/a?.o", "x/y/lib/ab.o"));
	assert_true(glob(".text.[0-9a-f]x", ".text.cx"));
	assert_false(glob(".text.[!0-9]", ".text.3"));
	assert_true(glob(".text.[^0-9]*", ".text.q3"));
	assert_true(glob("___ksymtab+*", "___ksymtab+kfree"));
	assert_true(glob("a\\*b", "a*b"));
	assert_false(glob("a\\*b", "axb"));
	assert_true(glob("a[b", "a[b"));
	assert_true(glob("*.init.*.text", ".init.a.init.b.text"));
	assert_false(glob("", "x"));
}

/* 30 stars that an exponential matcher would try in 2^60 ways. */
static void test_glob_is_not_exponential(void **state)
{
	char pattern[128] = "", text[2001];

	(void)state;
	for (int i = 0; i < 30; i++)
		strcat(pattern, "*a");
	strcat(pattern, "b");
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_false(glob(pattern, text));
}

static struct expr_value symbol(void *ctx, struct token name)
{
	struct expr_value v = { 0x1000, token_is(&name, "sym"), true };

	(void)ctx;
	return v;
}

static struct expr_value query(void *ctx, enum expr_op op, struct token name)
{
	struct expr_value v = { 0x40, true, op == OP_ADDR };

	(void)ctx;
	(void)name;
	return v;
}

static struct expr_value eval(const char *text)
{
	struct script_text s = { text, text + strlen(text) };
	struct expr_names names = {
		.symbol = symbol,
		.query = query,
		.dot = 0x1234,
	};
	struct expr_value v = { 0, false, false };
	struct expr_pool pool = { 0 };
	struct expr x;
	struct err e;

	if (!expr_parse(&pool, &s, &x, &e))
		v = expr_eval(&pool, x, &names);
	free(pool.code);
	return v;
}

static void assert_value(const char *text, uint64_t expect)
{
	struct expr_value v = eval(text);

	if (!v.known || v.v != expect)
		fail_msg("'%s' is %s 0x%llx", text,
			 v.known ? "known" : "unknown",
			 (unsigned long long)v.v);
}

static void test_expressions(void **state)
{
	(void)state;
	assert_value("1 + 2 * 3", 7);
	assert_value("(1 + 2) * 3", 9);
	assert_value("10 - 4 - 3", 3);
	assert_value("1 << 4 | 3", 0x13);
	assert_value("4K + 1M", 0x101000);
	assert_value("0x10 + 010", 24);
	assert_value("-1 + 2", 1);
	assert_value("~0 & 0xff", 0xff);
	assert_value("!0 + !5", 1);
	assert_value("1 ? 2 : 3", 2);
	assert_value("0 ? 2 : 1 ? 4 : 5", 4);
	assert_value("3 > 2 && 2 >= 2 || 0", 1);
	assert_value(".", 0x1234);
	assert_value(". + 4", 0x1238);
	assert_value("ALIGN(0x1000)", 0x2000);
	assert_value("ALIGN(., 0x100)", 0x1300);
	assert_value("ALIGN(((1 << 12)))", 0x2000);
	assert_value("ABSOLUTE(sym - 0x10)", 0xff0);
	assert_value("SIZEOF(.data..percpu) + ADDR(.text)", 0x80);
	assert_value("MAX(3, MIN(9, 7))", 7);
	assert_value("LOG2CEIL(9)", 4);
	assert_value("ASSERT((sym <= 0x2000), \"too \\ large\")", 1);
	assert_value("/* six */ 6 % 4", 2);
	assert_true(eval("sym + 1").address);
	assert_false(eval("sym - sym").address);
	assert_false(eval("16").address);
}

static void test_odd_expressions(void **state)
{
	static char deep[4096];

	(void)state;
	assert_false(eval("unknown + 1").known);
	assert_false(eval("1 / 0").known);
	assert_false(eval("1 % 0").known);
	assert_false(eval("").known);
	assert_false(eval("1 +").known);
	assert_false(eval("(((").known);
	assert_false(eval("12xyz").known);
	assert_false(eval("SIZEOF_HEADERS").known);
	assert_value("0x8000000000000000 / -1", 0x8000000000000000);
	assert_value("1 << 64", 0);
	memset(deep, '(', sizeof(deep) - 1);
	assert_false(eval(deep).known);
	memset(deep, '-', sizeof(deep) - 1);
	assert_false(eval(deep).known);
}

static struct script parse(const char *text)
{
	struct script s;
	struct err e;

	assert_int_equal(script_parse(&s, text, strlen(text), &e), 0);
	return s;
}

static const struct script_stmt *nth(const struct script *s,
				     enum stmt_kind kind, size_t n)
{
	for (size_t i = 0; i < s->nstmts; i++)
		if (s->stmts[i].kind == kind && !n--)
			return &s->stmts[i];
	fail_msg("no such statement");
	return NULL;
}

static void test_input_statements(void **state)
{
	struct script s = parse(
		"SECTIONS { .text : {\n"
		"*(.text .text.[a-z]*) KEEP(*(SORT(___ksymtab+*)))\n"
		"EXCLUDE_FILE(*a.o b.o) *(.data EXCLUDE_FILE(c.o) .bss)\n"
		"lib.a:x.o(COMMON) SORT_BY_NAME(*)(.init) whole.o\n"
		"*(SORT_BY_NAME(SORT_BY_ALIGNMENT(.s*)) SORT_NONE(.t))\n"
		"INPUT_SECTION_FLAGS(SHF_WRITE) *(.w)\n} }");
	const struct script_stmt *x = nth(&s, STMT_INPUT, 0);

	(void)state;
	assert_int_equal(s.nodd, 0);
	assert_int_equal(x->nspecs, 2);
	assert_true(token_is(&s.specs[1].pattern, ".text.[a-z]*"));
	x = nth(&s, STMT_INPUT, 1);
	assert_true(token_is(&s.specs[x->first_spec].pattern, "___ksymtab+*"));
	assert_int_equal(s.specs[x->first_spec].sort, SORT_NAME);
	x = nth(&s, STMT_INPUT, 2);
	assert_int_equal(x->exclude.n, 2);
	assert_int_equal(s.specs[x->first_spec].exclude.n, 0);
	assert_int_equal(s.specs[x->first_spec + 1].exclude.n, 1);
	assert_true(token_is(&nth(&s, STMT_INPUT, 3)->file, "lib.a:x.o"));
	assert_true(nth(&s, STMT_INPUT, 4)->sort_files);
	x = nth(&s, STMT_INPUT, 5);
	assert_true(token_is(&x->file, "whole.o"));
	assert_true(token_is(&s.specs[x->first_spec].pattern, "*"));
	x = nth(&s, STMT_INPUT, 6);
	assert_int_equal(s.specs[x->first_spec].sort, SORT_NAME);
	assert_int_equal(s.specs[x->first_spec].then, SORT_ALIGNMENT);
	assert_int_equal(s.specs[x->first_spec + 1].sort, SORT_NOT);
	script_release(&s);
}

static void test_sections(void **state)
{
	struct script s = parse(
		"OUTPUT_ARCH(arm) ENTRY(stext)\njiffies = jiffies_64;\n"
		"PHDRS { text PT_LOAD FLAGS(5); }\n# 1 \"a.lds\"\n"
		"SECTIONS { . = 0x1000; a = .; . += 4; x+=1;\n"
		".text ALIGN(4) : AT(ADDR(.text) - 0x80) SUBALIGN(8) {\n"
		" _text = .; . = ALIGN(8); BYTE(1) LONG(2) QUAD(3)\n"
		" PROVIDE(p = .); PROVIDE_HIDDEN(q = .); HIDDEN(r = .);\n"
		" ASSERT(1, \"x\") CONSTRUCTORS FILL(0) } :text =0xcccc\n"
		".noload (NOLOAD) : { *(.n) } >ram AT>rom\n"
		".percpu 0 : { *(.p) } :percpu . = 1;\n"
		"OVERLAY 0xffff0000 : NOCROSSREFS AT(lma) {\n"
		" .v1 { *(.v1) } .v2 { *(.v2) } }\n"
		"/DISCARD/ : { *(.d) } }\n. = ASSERT(1, \"y\");");
	const struct script_stmt *x = nth(&s, STMT_OUTPUT, 0);

	(void)state;
	assert_int_equal(s.nodd, 0);
	assert_true(token_is(&x->name, ".text"));
	assert_true(x->load.n && x->subalign.n);
	assert_int_equal(nth(&s, STMT_DATA, 0)->bytes, 1);
	assert_int_equal(nth(&s, STMT_DATA, 1)->bytes, 4);
	assert_int_equal(nth(&s, STMT_DATA, 2)->bytes, 8);
	assert_true(token_is(&nth(&s, STMT_OUTPUT, 1)->name, ".noload"));
	assert_true(token_is(&nth(&s, STMT_OUTPUT, 2)->name, ".percpu"));
	x = nth(&s, STMT_OUTPUT, 3);
	assert_true(x->overlay && x->overlay_first && x->load.n);
	x = nth(&s, STMT_OUTPUT, 4);
	assert_true(x->overlay && !x->overlay_first);
	assert_true(nth(&s, STMT_OUTPUT, 5)->discard);
	script_release(&s);
}

/* What cannot be read is passed; what is after it is read. */
static void test_odd_statements(void **state)
{
	struct script s = parse(
		"SECTIONS { %%%; .a : { *(.a } .b : { *(.b) } x = ; .c : { ] *(.c) } }");
	bool found = false;

	(void)state;
	assert_true(s.nodd > 0);
	for (size_t i = 0; i < s.nspecs; i++)
		found |= token_is(&s.specs[i].pattern, ".c");
	assert_true(found);
	script_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_glob),
		cmocka_unit_test(test_glob_is_not_exponential),
		cmocka_unit_test(test_expressions),
		cmocka_unit_test(test_odd_expressions),
		cmocka_unit_test(test_input_statements),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_odd_statements),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
