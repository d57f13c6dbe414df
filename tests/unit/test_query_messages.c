/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reports of messages, on the build of fixtures/messages.sql, whose
 * numbers were added by hand.
 */
#include "report_rows.h"

static int setup(void **state)
{
	return report_setup(state, "messages.sql");
}

static const struct report_words none = { .build = "one" };

static void test_findings(void **state)
{
	report_expect(
		state, "oom-printk", none, REPORT_ALL,
		/* 10 of the string, 40 of the record; then 6 of __func__ */
		"a/one.o|g|queue\\n|50|constructor|debug|__dynamic_pr_debug|alloc_workqueue|a/one.c:30|10|0|40|0|low|init|resident|0\n"
		"a/one.o|f|no memory\\n|26|static|warning|_printk|__kmalloc|a/one.c:12|13|7|0|0|high|resident|resident|6\n"
		/* e needs the string, too */
		"a/one.o|f|id %d\\n|12|value|err|_dev_err|__kmalloc|-|0|12|0|1|medium|resident|resident|0\n"
		/* counted with a/one.o */
		"b/two.o|k|no memory\\n|5|static|warning|_printk|__kmalloc|-|0|5|0|0|high|resident|resident|0\n");
}

/* Another image has the string once more. */
static void test_images(void **state)
{
	report_expect(state, "oom-printk",
		      (struct report_words){ .build = "one",
					     .image = "modules" },
		      5, "m/three.o|q|no memory\\n|19|static\n");
	report_expect(state, "oom-printk",
		      (struct report_words){
			      .build = "one", .image = "all", .branch = "b" },
		      5, "b/two.o|k|no memory\\n|5|static\n");
}

static void test_summary(void **state)
{
	report_expect(state, "oom-printk-summary", none, REPORT_ALL,
		      "a|vmlinux|constructor|1|1|50|10|0|40|0\n"
		      "a|vmlinux|static|1|1|26|13|7|0|6\n"
		      "m|modules|static|1|1|19|13|6|0|0\n"
		      "a|vmlinux|value|1|1|12|0|12|0|0\n"
		      "b|vmlinux|static|1|1|5|0|5|0|0\n");
}

/* Strings: 60 and 30, as the sections have; records: 40. */
static void test_bill(void **state)
{
	report_expect(
		state, "printk", none, 11,
		"a|records|-|__dyndbg|meta|0|0|40|0|0|40\n"
		"a|other|-|-|strings|0|0|21|0|0|NULL\n"
		"a|message|warning|_printk|strings|1|1|13|2|0|13\n"
		"b|message|warning|_printk|strings|1|1|13|2|0|0\n"
		"a|message|debug|__dynamic_pr_debug|strings|1|1|10|0|3|10\n"
		"a|message|info|_printk|strings|1|1|9|2|0|9\n"
		"b|message|info|_printk|strings|1|1|9|2|0|0\n"
		"b|other|-|-|strings|0|0|8|0|0|NULL\n"
		"a|message|err|_dev_err|strings|1|2|7|0|0|7\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_findings),
		cmocka_unit_test(test_images),
		cmocka_unit_test(test_summary),
		cmocka_unit_test(test_bill),
	};

	return cmocka_run_group_tests(tests, setup, report_teardown);
}
