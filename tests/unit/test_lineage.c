/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * lineage/: graphs of commits and builds made by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lineage/lineage.h"
#include "work_unit.h"

static struct err e;

#define OK(call) assert_int_equal(call, 0)

/* "c: a b; b: a; a:; x?": commits are letters, and their numbers; x is cut. */
static struct commit_graph graph_of(const char *text)
{
	struct commit_graph g = { .nodes = NULL };
	bool parents = false;

	for (; *text; text++) {
		if (*text >= 'a' && *text <= 'z' && !parents)
			OK(commit_graph_add(&g, *text,
					    text[1] == '?' ? COMMIT_LACKING
							   : COMMIT_KNOWN));
		else if (*text >= 'a' && *text <= 'z')
			OK(commit_graph_add_parent(&g, *text));
		parents = *text == ':' || (parents && *text != ';');
	}
	return g;
}

struct build {
	char commit;
	bool dirty, clang;
	uint32_t label, arch, config;
};

static int alike(void *ctx, uint32_t a, uint32_t b, struct err *why)
{
	(void)ctx;
	(void)why;
	/* Tens are another kernel, ones another option. */
	return a / 10 == b / 10 ? 95 : 20;
}

/* Builds are audited, and their commits made, in this order. */
static void begin(struct lineage *l, const char *graph, const struct build *b,
		  size_t n)
{
	struct commit_graph g = graph_of(graph);

	*l = (struct lineage){ .alike = alike };
	OK(dag_build(&g, &l->dag, &e));
	commit_graph_release(&g);
	l->builds = calloc(n + 1, sizeof(*l->builds));
	l->nbuilds = n;
	for (size_t i = 0; i < n; i++)
		l->builds[i] = (struct lineage_build){
			.id = (int64_t)i + 1,
			.time_ns = (int64_t)i,
			.audited_ns = (int64_t)i,
			.node = b[i].commit ? dag_find(&l->dag, b[i].commit)
					    : DAG_NONE,
			.dirty = b[i].dirty,
			.clang = b[i].clang,
			.compiler = 1 + b[i].clang,
			.label = b[i].label,
			.arch = b[i].arch,
			.config = b[i].config,
		};
	OK(lineage_prepare(l, &e));
}

/* Bases by build: its place, 0 for none; and how. */
static void expect(const char *graph, const struct build *b, size_t n,
		   const int *bases, const enum lineage_how *hows)
{
	struct lineage l;

	begin(&l, graph, b, n);
	OK(lineage_order(&l, &e));
	for (size_t i = 0; i < n; i++) {
		const struct lineage_base *base = &l.builds[i].base;

		assert_int_equal(base->build == LINEAGE_NONE
					 ? 0
					 : (int)base->build + 1,
				 bases[i]);
		if (hows)
			assert_int_equal(base->how, hows[i]);
	}
	lineage_release(&l);
}

/* The order, newest first, as letters of commits. */
static void expect_order(const char *graph, const char *builds,
			 const char *order)
{
	struct build b[16] = { { 0 } };
	char found[17] = "";
	size_t n = strlen(builds);
	struct lineage l;

	for (size_t i = 0; i < n; i++)
		b[i].commit = builds[i];
	begin(&l, graph, b, n);
	OK(lineage_order(&l, &e));
	for (size_t i = 0; i < n; i++)
		found[l.builds[i].place] = builds[i];
	assert_string_equal(found, order);
	lineage_release(&l);
}

static void test_order(void **state)
{
	(void)state;
	/* Whatever the times say. */
	expect_order("d: c; c: b; b: a; a:", "abcd", "dcba");
	expect_order("d: c; c: b; b: a; a:", "dcba", "dcba");
	/* A branch between, by time; a merge once. */
	expect_order("m: b f; b: a; f: a; a:", "mbfa", "mfba");
	expect_order("m: b f; b: a; f: a; a:", "fabm", "mbfa");
	/* Commits that were not built are passed over, cuts too. */
	expect_order("d: c; c: b x; b: a; x?", "adb", "dba");
	/* A circle, which only a damaged database has. */
	expect_order("d: c; c: b; b: c; a: b", "abcd", "dacb");
}

static void test_bases(void **state)
{
	const struct build line[] = { { .commit = 'a' },
				      { .commit = 'c' },
				      { .commit = 'd' } };
	const struct build merge[] = { { .commit = 'a' },
				       { .commit = 'b' },
				       { .commit = 'f' },
				       { .commit = 'm' } };
	const struct build behind[] = { { .commit = 'f' }, { .commit = 'm' } };
	const struct build cut[] = { { .commit = 'a' },
				     { .commit = 'c' },
				     { .commit = 'd' } };

	(void)state;
	expect("d: c; c: b; b: a; a:", line, 3, (int[]){ 0, 1, 2 },
	       (enum lineage_how[]){ LINEAGE_NO_BASE, LINEAGE_PARENT,
				     LINEAGE_PARENT });
	expect("m: b f; b: a; f: a; a:", merge, 4, (int[]){ 0, 1, 1, 2 }, NULL);
	/* Only the merged branch was built. */
	expect("m: b f; b: a; f: a; a:", behind, 2, (int[]){ 0, 1 },
	       (enum lineage_how[]){ LINEAGE_NO_BASE, LINEAGE_ANCESTOR });
	/* The graph does not tell of c's ancestors: by time. */
	expect("d: c; c?; a:", cut, 3, (int[]){ 0, 1, 2 },
	       (enum lineage_how[]){ LINEAGE_NO_BASE, LINEAGE_TIME,
				     LINEAGE_PARENT });
	/* It does tell that a root has none. */
	expect("d: c; c:; a:", cut, 3, (int[]){ 0, 0, 2 }, NULL);
	/* A circle. */
	expect("d: c; c: b; b: d; a:", line, 3, (int[]){ 0, 3, 2 }, NULL);
}

static void test_like(void **state)
{
	static const char graph[] = "d: c; c: b; b: a; a:";
	const struct build configs[] = { { .commit = 'a', .config = 11 },
					 { .commit = 'b', .config = 21 },
					 { .commit = 'c', .config = 12 },
					 { .commit = 'd', .config = 21 } };
	const struct build arches[] = { { .commit = 'a', .arch = 1 },
					{ .commit = 'b', .arch = 2 },
					{ .commit = 'c', .arch = 1 },
					{ .commit = 'd', .arch = 3 } };
	const struct build compilers[] = { { .commit = 'a' },
					   { .commit = 'b', .clang = true },
					   { .commit = 'c' },
					   { .commit = 'd', .clang = true } };
	/* 1 and 2 are series, 3 and 4 name one build each. */
	const struct build labels[] = { { .commit = 'a', .label = 1 },
					{ .commit = 'a', .label = 2 },
					{ .commit = 'b', .label = 2 },
					{ .commit = 'c', .label = 1 },
					{ .commit = 'd', .label = 3 } };
	const struct build dirty[] = {
		{ .commit = 'a' },
		{ .commit = 'b', .dirty = true },
		{ .commit = 'c' },
		{ .commit = 'c', .dirty = true, .label = 5 }
	};
	const struct build all_dirty[] = { { .commit = 'a', .dirty = true },
					   { .commit = 'b', .dirty = true },
					   { .commit = 'c', .dirty = true } };
	const struct build unlike[] = { { .commit = 'a', .config = 11 },
					{ .commit = 'b', .config = 21 } };
	/* Both are unlike it: the nearer one, though the other is less so. */
	const struct build nearer[] = {
		{ .commit = 'a', .config = 31 },
		{ .commit = 'b', .config = 21, .clang = true },
		{ .commit = 'c', .config = 11 }
	};
	/* Of one commit that with the same configuration, though it is older. */
	const struct build better[] = { { .commit = 'b', .config = 11 },
					{ .commit = 'b', .config = 12 },
					{ .commit = 'c', .config = 11 } };
	struct lineage l;

	(void)state;
	expect(graph, nearer, 3, (int[]){ 0, 1, 2 }, NULL);
	expect(graph, better, 3, (int[]){ 0, 0, 1 }, NULL);
	expect(graph, configs, 4, (int[]){ 0, 1, 1, 2 }, NULL);
	expect(graph, arches, 4, (int[]){ 0, 0, 1, 0 }, NULL);
	expect(graph, compilers, 4, (int[]){ 0, 1, 1, 2 }, NULL);
	expect(graph, labels, 5, (int[]){ 0, 0, 2, 1, 4 }, NULL);
	expect(graph, dirty, 4, (int[]){ 0, 1, 1, 3 },
	       (enum lineage_how[]){ LINEAGE_NO_BASE, LINEAGE_PARENT,
				     LINEAGE_PARENT, LINEAGE_COMMIT });
	expect(graph, all_dirty, 3, (int[]){ 0, 1, 2 }, NULL);
	/* None is like it: the nearest, and in what it is unlike. */
	begin(&l, graph, unlike, 2);
	OK(lineage_order(&l, &e));
	assert_int_equal(l.builds[1].base.build, 0);
	assert_int_equal(l.builds[1].base.unlike, UNLIKE_CONFIG);
	lineage_release(&l);
}

static struct dag_merge_base merge_base(const char *graph, char a, char b)
{
	struct commit_graph g = graph_of(graph);
	struct dag_merge_base m;
	struct dag d;

	OK(dag_build(&g, &d, &e));
	OK(dag_merge_base(&d, dag_find(&d, a), dag_find(&d, b), &m, &e));
	if (m.node != DAG_NONE)
		m.node = (uint32_t)d.nodes[m.node].commit;
	commit_graph_release(&g);
	dag_release(&d);
	return m;
}

static void test_merge_base(void **state)
{
	static const char fork[] = "d: c; c: b; f: b; b: a; a:";
	/* Each merged the other's first: two are as good. */
	static const char cross[] = "x: c f; y: f c; c: a; f: a; a:";

	(void)state;
	assert_int_equal(merge_base(fork, 'd', 'f').node, 'b');
	assert_int_equal(merge_base(fork, 'd', 'd').node, 'd');
	assert_int_equal(merge_base(fork, 'd', 'b').node, 'b');
	assert_int_equal(merge_base(cross, 'x', 'y').count, 2);
	assert_int_equal(merge_base(cross, 'x', 'y').node, 'f');
	assert_int_equal(merge_base(cross, 'y', 'x').node, 'c');
	assert_int_equal(merge_base("b: a; a:; z:", 'b', 'z').node, DAG_NONE);
	assert_false(merge_base("b: a; a:; z:", 'b', 'z').cut);
	assert_true(merge_base("b: a; a?; z:", 'b', 'z').cut);
	assert_int_equal(merge_base("b: a; a: b; z: a", 'b', 'z').node,
			 DAG_NONE);
}

static void test_ranges(void **state)
{
	struct commit_graph g = { .nodes = NULL };
	int64_t first, last;
	struct dag d;

	(void)state;
	assert_false(commit_range("abc", &first, &last));
	assert_false(commit_range("v6.1", &first, &last));
	assert_false(commit_range("", &first, &last));
	assert_true(commit_range("ABCD", &first, &last));
	assert_true((uint64_t)first == 0xabcd000000000000);
	assert_true((uint64_t)last == 0xabcdffffffffffff);
	assert_true(commit_range("0123456789abcdef0123456789abcdef01234567",
				 &first, &last));
	assert_true(first == last && first == 0x0123456789abcdef);
	OK(commit_graph_add(&g, 0x0123456789abcdef, COMMIT_KNOWN));
	OK(commit_graph_add(&g, 0x0123456789000000, COMMIT_KNOWN));
	OK(dag_build(&g, &d, &e));
	commit_graph_release(&g);
	assert_true(commit_range("0123456789ab", &first, &last));
	assert_int_equal(dag_find_range(&d, first, last), 0);
	/* Both, and none. */
	assert_true(commit_range("01234567", &first, &last));
	assert_int_equal(dag_find_range(&d, first, last), DAG_NONE);
	assert_true(commit_range("ffff", &first, &last));
	assert_int_equal(dag_find_range(&d, first, last), DAG_NONE);
	dag_release(&d);
}

/* Builds of which none is like another: no square of their number. */
static void test_squares(void **state)
{
	enum { COMMITS = 100000, BUILDS = 20000 };
	struct commit_graph g = { .nodes = NULL };
	struct lineage l = { .alike = alike };
	double since = cpu_seconds();

	(void)state;
	for (int64_t i = 1; i <= COMMITS; i++) {
		OK(commit_graph_add(&g, i, COMMIT_KNOWN));
		if (i > 1)
			OK(commit_graph_add_parent(&g, i - 1));
	}
	OK(dag_build(&g, &l.dag, &e));
	commit_graph_release(&g);
	l.builds = calloc(BUILDS, sizeof(*l.builds));
	l.nbuilds = BUILDS;
	for (uint32_t i = 0; i < BUILDS; i++)
		l.builds[i] = (struct lineage_build){
			.id = i,
			/* Half of them are of one commit. */
			.node = i % 2 ? i : COMMITS - 1,
			.arch = i + 1,
			.label = i + 1,
		};
	OK(lineage_prepare(&l, &e));
	OK(lineage_order(&l, &e));
	assert_units(since, 150);
	lineage_release(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_bases),
		cmocka_unit_test(test_like),
		cmocka_unit_test(test_merge_base),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_squares),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
