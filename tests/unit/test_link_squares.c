/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * link/: links made so that something is done for each section times each
 * section (or statement, or symbol).  Each must be about linear: with the
 * squares these took minutes, which is thousands of units.
 */
#include "link_fixture.h"
#include "work_unit.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/arena.h"

#define N 60000

/* In units (work_unit.h): the slowest of these links takes 140, most fewer
 * than ten. */
#ifdef __SANITIZE_ADDRESS__
#define UNITS 1000 /* its shadow memory makes sorting slow */
#else
#define UNITS 400
#endif

/* One object and an image of any size. */
struct square {
	struct arena arena;
	struct object_record object, image;
	struct link_input input;
	struct link_job job;
};

static void start(struct square *q, size_t n)
{
	struct object_record *records[] = { &q->object, &q->image };

	memset(q, 0, sizeof(*q));
	for (size_t i = 0; i < 2; i++) {
		records[i]->sections = arena_calloc(&q->arena, 2 * n,
						    sizeof(struct obj_section));
		records[i]->symbols = arena_calloc(&q->arena, n,
						   sizeof(struct obj_symbol));
		assert_non_null(records[i]->sections);
		assert_non_null(records[i]->symbols);
	}
	q->input = (struct link_input){ .path = "a.o", .record = &q->object };
	q->job = (struct link_job){
		.inputs = &q->input,
		.ninputs = 1,
		.image = &q->image,
	};
}

static struct obj_section *section(struct object_record *r, const char *name,
				   uint64_t addr, uint64_t size)
{
	struct obj_section *s = &r->sections[r->nsections++];

	*s = (struct obj_section){
		.name = name,
		.type = SHT_PROGBITS,
		.flags = SHF_ALLOC,
		.addr = addr,
		.size = size,
		.align = 1,
	};
	r->text += size;
	return s;
}

static struct obj_symbol *symbol(struct object_record *r, const char *name,
				 uint32_t in, uint64_t value, uint64_t size)
{
	struct obj_symbol *s = &r->symbols[r->nsymbols++];

	*s = (struct obj_symbol){
		.name = name,
		.section = in,
		.value = value,
		.size = size,
		.bind = STB_GLOBAL,
		.type = STT_OBJECT,
	};
	return s;
}

static const char *number(struct square *q, const char *prefix, size_t n)
{
	const char *s = arena_printf(&q->arena, "%s%zu", prefix, n);

	assert_non_null(s);
	return s;
}

/* The script is head, n times unit, and " } }".  Leaves the layout to the
 * caller, who ends the square. */
static struct layout run(struct square *q, const char *head, const char *unit,
			 size_t n)
{
	size_t len = head ? strlen(head) + n * strlen(unit) + 4 : 0;
	char *text = malloc(len + 1), *p = text;
	struct layout l;
	double since;
	struct err e;

	assert_non_null(text);
	if (head) {
		p = stpcpy(p, head);
		for (size_t i = 0; i < n; i++)
			p = stpcpy(p, unit);
		stpcpy(p, " } }");
		q->job.script = text;
		q->job.script_len = len;
	}
	since = cpu_seconds();
	assert_int_equal(link_layout_compute(&q->job, &l, &e), 0);
	assert_units(since, UNITS);
	free(text);
	return l;
}

static void finish(struct square *q, struct layout *l)
{
	layout_release(l);
	arena_release(&q->arena);
}

static void test_sort(void **state)
{
	struct square q;
	struct layout l;

	(void)state;
	start(&q, N);
	for (size_t i = 0; i < N; i++)
		section(&q.object, number(&q, "z", N - i), 0, 1);
	section(&q.image, ".text", 0x1000, N);
	l = run(&q, "SECTIONS { .text : { *(SORT(", "a*b ", N);
	layout_release(&l);
	/* One that matches, after all that do not. */
	l = run(&q, "SECTIONS { .text : { *(SORT(z*)", " SORT(a*b)", N / 2);
	finish(&q, &l);
}

static void test_glob(void **state)
{
	static char name[200001], head[120000];
	struct square q;
	struct layout l;

	(void)state;
	memset(name, 'a', sizeof(name) - 1);
	strcpy(head, "SECTIONS { .text : { *(*");
	memset(head + strlen(head), 'a', 100000);
	start(&q, N);
	section(&q.object, name, 0, 1);
	section(&q.image, ".text", 0x1000, 1);
	l = run(&q, head, "b) *(*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 1000);
	assert_true(remarks_count(&l.remarks) > 0);
	assert_non_null(
		strstr(remarks_text(&l.remarks, 0), "too many patterns"));
	finish(&q, &l);
}

static void test_commons(void **state)
{
	struct square q;
	struct layout l;

	(void)state;
	start(&q, N);
	section(&q.image, ".bss", 0x1000, 4 * N);
	for (size_t i = 0; i < N; i++) {
		const char *name = number(&q, "c", i);

		symbol(&q.object, name, SYM_SECTION_COMMON, 4, 4);
		symbol(&q.image, name, 0, 0x1000 + 4 * (N - 1 - i), 4);
	}
	l = run(&q, "SECTIONS { .bss : { ", "*(COMMON) ", N);
	for (size_t i = 0; i < l.nlines; i++)
		if (l.lines[i].kind == LINE_COMMON)
			assert_int_equal(l.lines[i].bytes, 4 * N);
	finish(&q, &l);
}

static void test_outputs(void **state)
{
	struct square q;
	struct layout l;

	(void)state;
	start(&q, N);
	for (size_t i = 0; i < N; i++)
		section(&q.image, i % 2 ? ".a" : number(&q, ".b", i), i, 1);
	section(&q.image, ".last", N, 1);
	section(&q.object, ".last", 0, 1);
	l = run(&q, "SECTIONS { .last : { *(.last) ",
		". = SIZEOF(.last) + SIZEOF(.a); ", N);
	assert_int_equal(l.placements[0].output, N);
	finish(&q, &l);
}

static void test_exidx(void **state)
{
	static const unsigned char content[8] = { 0, 0, 0, 0, 1 };
	struct square q;
	struct layout l;

	(void)state;
	start(&q, N);
	q.image.machine = EM_ARM;
	for (size_t i = 0; i < N / 2; i++) {
		const char *name = number(&q, ".text.", i);

		section(&q.object, name, 0, 4)->flags |= SHF_EXECINSTR;
		name = arena_printf(&q.arena, ".ARM.exidx%s", name);
		assert_non_null(name);
		section(&q.object, name, 0, 8);
		q.object.sections[q.object.nsections - 1].type = SHT_ARM_EXIDX;
		q.object.sections[q.object.nsections - 1].content = content;
	}
	section(&q.image, ".text", 0x1000, 2 * N);
	section(&q.image, ".ARM.exidx", 0x100000, 8);
	l = run(&q,
		"SECTIONS { .text : { *(.text.*) } .ARM.exidx : { *(.ARM.exidx.text.1*) *(.ARM.exidx.text.2*) *(.ARM.exidx*) ",
		"*(.x) ", N);
	finish(&q, &l);
}

static void test_start_of_names(void **state)
{
	struct square q;
	struct layout l;

	(void)state;
	start(&q, N);
	q.object.references = arena_calloc(&q.arena, N,
					   sizeof(*q.object.references));
	assert_non_null(q.object.references);
	q.object.references_known = true;
	section(&q.object, "first", 0, 1);
	for (size_t i = 0; i < N; i++) {
		section(&q.object, number(&q, "n", i), 0, 1);
		q.object.references[i] = (struct obj_reference){
			.from = 0,
			.to = SYM_SECTION_UNDEF,
			.name = number(&q, "__start_n", i),
		};
	}
	q.object.nreferences = N;
	section(&q.image, ".text", 0x1000, N + 1);
	q.job.gc_sections = true;
	l = run(&q, "SECTIONS { .text : { KEEP(*(first)) *(n*) ", "", 0);
	/* All are kept. */
	for (size_t i = 0; i < l.nplacements; i++)
		assert_int_equal(l.placements[i].output, 0);
	finish(&q, &l);
}

static void test_no_script(void **state)
{
	struct square q;
	struct layout l;

	(void)state;
	start(&q, N);
	for (size_t i = 0; i < N; i++) {
		const char *name = number(&q, "s", i);

		section(&q.object, name, 0, 1);
		section(&q.image, name, i, 1);
		symbol(&q.object, name, (uint32_t)i, 0, 1);
		symbol(&q.image, name, (uint32_t)i, i, 1);
	}
	l = run(&q, NULL, NULL, 0);
	assert_int_equal(l.agreed, 0);
	for (uint32_t i = 0; i < l.nplacements; i++)
		assert_int_equal(l.placements[i].output, i);
	finish(&q, &l);
}

static void test_veneers(void **state)
{
	static char name[100001];
	struct square q;
	struct layout l;

	(void)state;
	memset(name, 'v', sizeof(name) - 1);
	start(&q, N);
	q.image.machine = EM_ARM;
	section(&q.object, name, 0, 8);
	section(&q.image, ".text", 0x1000, 8 + 8 * (N - 1));
	for (size_t i = 0; i + 1 < N; i++) {
		struct obj_symbol *s = symbol(&q.image, "", 0, 0x1008 + 8 * i,
					      8);

		s->bind = STB_LOCAL;
		s->type = STT_FUNC;
	}
	l = run(&q, "SECTIONS { .text : { *(v*) ", "", 0);
	for (size_t i = 0; i < l.nlines; i++)
		if (l.lines[i].kind == LINE_UNEXPLAINED)
			assert_int_equal(l.lines[i].bytes, 0);
	assert_true(l.arena.bytes < (size_t)16 << 20);
	finish(&q, &l);
}

/* Each line of the map names a section of vmlinux.o, all leaves are in it. */
static void test_map_of_composite(void **state)
{
	static const char line[] =
		" .text          0x1000        0x8 vmlinux.o\n";
	static const char head[] = "Linker script and memory map\n\n"
				   ".text           0x1000    0xea60\n";
	char *text = malloc(sizeof(head) + N * sizeof(line)), *p = text;
	struct square q;
	struct layout l;

	(void)state;
	assert_non_null(text);
	start(&q, N);
	for (size_t i = 0; i < N; i++)
		section(&q.object, ".text", 0, 1);
	section(&q.image, ".text", 0x1000, N);
	p = stpcpy(p, head);
	for (size_t i = 0; i < N; i++)
		p = stpcpy(p, line);
	q.job.map = text;
	q.job.map_len = (size_t)(p - text);
	l = run(&q, NULL, NULL, 0);
	assert_int_equal(l.source, LAYOUT_MAP);
	free(text);
	finish(&q, &l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sort),
		cmocka_unit_test(test_glob),
		cmocka_unit_test(test_commons),
		cmocka_unit_test(test_outputs),
		cmocka_unit_test(test_exidx),
		cmocka_unit_test(test_start_of_names),
		cmocka_unit_test(test_no_script),
		cmocka_unit_test(test_veneers),
		cmocka_unit_test(test_map_of_composite),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
