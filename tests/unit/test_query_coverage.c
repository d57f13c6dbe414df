/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far a trace can be trusted, on the trace of fixtures/trace.sql: report
 * coverage, what is said after every report, traces without a build; and
 * the account layout of a real report.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/render.h"
#include "report_rows.h"

static int setup(void **state)
{
	return report_setup(state, "trace.sql");
}

#define BOOT .trace = "boot"

/* Some of the coverage: what its rows add up to. */
static void test_coverage(void **state)
{
	static const char *const rows[] = {
		"sites|6|NULL|",
		"|20|10|8|42480|5408|122|30\n",
		"sites: object|4|66.67|their object is known|17|10|6|42224|",
		"|42224|5280|106|31\n",
		"live bytes in an object|5280|97.63|",
		"match|99 of 100|99.00|",
		"slabinfo|8 of 113|7.08|",
		"null frees|5|",
		"failed|2|",
	};
	char out[8192];

	assert_int_equal(report_rows(*state, "coverage",
				     (struct report_words){ BOOT }, REPORT_ALL,
				     out, sizeof(out)),
			 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strstr(out, rows[i]))
			fail_msg("no '%s' in %s", rows[i], out);
}

static void expect_error(void **state, const char *name,
			 struct report_words words, const char *part)
{
	char out[8192];

	assert_int_equal(report_rows(*state, name, words, REPORT_ALL, out,
				     sizeof(out)),
			 -ERR_USAGE);
	if (!strstr(out, part))
		fail_msg("%s: '%s' is not in '%s'", name, part, out);
}

static void test_no_build(void **state)
{
	expect_error(
		state, "waste",
		(struct report_words){ .trace = "bare", .branch = "fs" },
		"trace 2 was joined with no build, so its call sites are in no branch: 'kmemdb audit'");
	expect_error(state, "combined",
		     (struct report_words){ .trace = "bare" },
		     "no static memory");
	expect_error(state, "waste",
		     (struct report_words){ .trace = "bare", .build = "1" },
		     "--build does not fit");
	expect_error(state, "waste",
		     (struct report_words){ BOOT, .branch = "fss" },
		     "did you mean 'fs'?");
}

/* What a report says after its rows. */
static void expect_footer(void **state, const char *name, const char *trace,
			  const char *want)
{
	const struct report_fixture *f = *state;
	struct query_request request = report_request(
		(struct report_words){ .trace = trace });
	const struct report *r;
	struct rows *rows = NULL;
	const char *lines = "";
	struct err e;

	assert_int_equal(catalogue_find(&f->c, name, &r, &e), 0);
	assert_int_equal(query_start(f->d, r, &request, &rows, &e), 0);
	assert_int_equal(query_footer(rows, &lines, &e), 0);
	assert_string_equal(lines, want);
	query_end(rows);
}

static void test_footer(void **state)
{
	const struct report_fixture *f = *state;

	expect_footer(
		state, "waste", "boot",
		"coverage: 685,068 events, 0 lost; 2 unmatched frees, 1 implicit end; 97.63 % of live bytes and 66.66 % of sites have an object; 1 site ambiguous (kmemdb query ambiguous); 1 unknown to the build\n"
		"warning: 1 allocation with hidden pointers: whether they were freed is not known; boot with no_hash_pointers\n");
	expect_footer(
		state, "timeline", "bare",
		"coverage: 1 event, 9 lost; 0 unmatched frees, 0 implicit ends; not joined with a build, so no site has an object\n"
		"warning: the kernel dropped 9 events: sums are too low; trace again with a larger buffer (trace_buf_size=)\n");
	expect_footer(state, "traces", NULL, "");
	/* Every report of a trace has it. */
	for (size_t i = 0; i < f->c.nreports; i++) {
		const struct report *r = &f->c.reports[i];

		if (report_find_param(r, PARAM_TRACE) &&
		    strcmp(r->footer, "coverage-line") != 0)
			fail_msg("%s has no footer", r->name);
	}
}

static void test_account(void **state)
{
	static const char want[] =
		"current bytes allocated:       5408\n"
		"current bytes requested:       5286\n"
		"current wasted bytes:           122\n"
		"number of allocs:                20\n"
		"number of frees:                 10\n"
		"number of callers:                6\n"
		"\n"
		"   total    waste      net alloc/free  caller\n"
		"---------------------------------------------\n"
		"   40960        0     4096    10/8     getname_flags+0x29\n"
		"    1024       24     1024     1/0     rb_allocate+0x10\n"
		"     192       70      128     3/1     ext4_io_end+0x1b\n"
		"     128       16      128     2/0     init_once+0x8\n"
		"     128        0        0     1/0     mystery+0x0\n"
		"      48       12       32     3/1     kvasprintf+0x50\n";
	const struct report_fixture *f = *state;
	struct query_request request = report_request(
		(struct report_words){ BOOT });
	struct render_options o = { .format = FORMAT_ACCOUNT };
	struct render_result res;
	const struct report *r;
	struct rows *rows = NULL;
	char *text = NULL;
	size_t len = 0;
	struct err e;

	assert_int_equal(catalogue_find(&f->c, "accounting", &r, &e), 0);
	assert_true(render_format_fits(o.format, r->columns, r->ncolumns));
	assert_int_equal(query_start(f->d, r, &request, &rows, &e), 0);
	o.out = open_memstream(&text, &len);
	assert_int_equal(render_rows(rows, &o, &res, &e), 0);
	fclose(o.out);
	assert_string_equal(text, want);
	free(text);
	query_end(rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_coverage),
		cmocka_unit_test(test_no_build),
		cmocka_unit_test(test_footer),
		cmocka_unit_test(test_account),
	};

	return cmocka_run_group_tests(tests, setup, report_teardown);
}
