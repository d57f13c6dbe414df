/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Verdicts: each kind of limit at its edge, what excuses it, and what is said
 * of room and savings.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "check/judge.h"

static const struct terms plain = { .saving = 1000, .slack = 2500 };

static struct judgement run(enum budget_limit limit, int64_t amount,
			    int64_t before, int64_t after,
			    const struct terms *t)
{
	const struct budget b = { .limit = limit, .amount = amount };
	const struct measured m = {
		.before = { .known = before >= 0, .value = before },
		.after = { .known = true, .value = after },
	};
	struct judgement j;

	judge(&b, &m, t, &j);
	return j;
}

static void assert_verdict(const struct judgement *j, enum verdict v,
			   int64_t over)
{
	if (j->verdict != v || j->over != over)
		fail_msg("%s, over %lld (%s)", verdict_word(j->verdict),
			 (long long)j->over, j->why);
}

#define VERDICT(v, over, ...)                                                  \
	do {                                                                   \
		struct judgement j_ = run(__VA_ARGS__);                        \
		assert_verdict(&j_, VERDICT_##v, over);                        \
	} while (0)

static void test_absolute(void **state)
{
	const struct terms quiet = { .quiet = 50,
				     .saving = 1000,
				     .slack = 2500 };
	struct judgement j;

	(void)state;
	VERDICT(OK, 0, LIMIT_ABSOLUTE, 100, 90, 100, &plain);
	VERDICT(BROKEN, 1, LIMIT_ABSOLUTE, 100, 90, 101, &plain);
	/* No base is needed. */
	VERDICT(BROKEN, 1, LIMIT_ABSOLUTE, 100, -1, 101, &plain);
	VERDICT(OK, -25, LIMIT_ABSOLUTE, 100, -1, 75, &plain);
	VERDICT(SLACK, -26, LIMIT_ABSOLUTE, 100, -1, 74, &plain);
	/* Room that 'quiet' does not mention is none. */
	VERDICT(OK, -50, LIMIT_ABSOLUTE, 100, -1, 50, &quiet);
	VERDICT(SLACK, -51, LIMIT_ABSOLUTE, 100, -1, 49, &quiet);
	/* Who comes after a break is told that it was there. */
	j = run(LIMIT_ABSOLUTE, 100, 150, 160, &plain);
	assert_int_equal(j.verdict, VERDICT_BROKEN);
	assert_non_null(strstr(j.why, "already, by 50"));
	j = run(LIMIT_ABSOLUTE, 100, 27369, 27400, &plain);
	assert_non_null(strstr(j.why, "already, by 27,269"));
	/* A saving is told before the room that it leaves. */
	j = run(LIMIT_ABSOLUTE, 9000, 8000, 5000, &plain);
	assert_int_equal(j.verdict, VERDICT_SAVED);
	assert_non_null(strstr(j.why, "could be 5000"));
}

static void test_growth(void **state)
{
	const struct terms quiet = { .quiet = 50, .saving = 1000 };

	(void)state;
	VERDICT(OK, 0, LIMIT_GROWTH, 10, 90, 100, &plain);
	VERDICT(BROKEN, 1, LIMIT_GROWTH, 10, 90, 101, &plain);
	VERDICT(OK, -110, LIMIT_GROWTH, 10, 200, 100, &plain);
	VERDICT(SAVED, -1010, LIMIT_GROWTH, 10, 2000, 1000, &plain);
	VERDICT(OK, -1009, LIMIT_GROWTH, 10, 1999, 1000, &plain);
	VERDICT(BROKEN, 1, LIMIT_GROWTH, 0, 0, 1, &plain);
	VERDICT(OK, 50, LIMIT_GROWTH, 0, 0, 50, &quiet);
	VERDICT(BROKEN, 51, LIMIT_GROWTH, 0, 0, 51, &quiet);
	/* What did not change holds, whatever its size. */
	VERDICT(OK, 0, LIMIT_GROWTH, 0, 1000000, 1000000, &plain);
}

static void test_percent(void **state)
{
	(void)state;
	/* Hundredths of a percent: 2.5 % of 1000 are 25. */
	VERDICT(OK, 0, LIMIT_PERCENT, 250, 1000, 1025, &plain);
	VERDICT(BROKEN, 1, LIMIT_PERCENT, 250, 1000, 1026, &plain);
	/* Of nothing every percentage is nothing. */
	VERDICT(BROKEN, 1, LIMIT_PERCENT, 10000, 0, 1, &plain);
	/* The largest numbers that a file can hold. */
	VERDICT(OK, (int64_t)1 - ((int64_t)1 << 52), LIMIT_PERCENT, 10000,
		(int64_t)1 << 52, ((int64_t)1 << 52) + 1, &plain);
}

static void test_excuse(void **state)
{
	const struct terms excused = { .saving = 1000,
				       .slack = 2500,
				       .excuse = "a bigger table" };
	struct judgement j = run(LIMIT_GROWTH, 10, 90, 200, &excused);

	(void)state;
	assert_int_equal(j.verdict, VERDICT_EXCUSED);
	assert_string_equal(j.why, "a bigger table");
	VERDICT(EXCUSED, 109, LIMIT_PERCENT, 100, 100, 210, &excused);
	VERDICT(OK, 0, LIMIT_GROWTH, 10, 90, 100, &excused);
	j = run(LIMIT_ABSOLUTE, 100, 90, 200, &excused);
	assert_int_equal(j.verdict, VERDICT_BROKEN);
	assert_non_null(strstr(j.why, "growth alone"));
}

static void test_lacking(void **state)
{
	const struct terms alone = { .no_base = "no earlier build" };
	const struct budget b = { .limit = LIMIT_GROWTH };
	const struct measured unknown = { .why = "the build has no trace" };
	struct judgement j = run(LIMIT_GROWTH, 0, -1, 100, &alone);

	(void)state;
	assert_int_equal(j.verdict, VERDICT_NO_BASE);
	assert_string_equal(j.why, "no earlier build");
	/* A base that is there, and was not measured. */
	VERDICT(NO_BASE, 0, LIMIT_GROWTH, 0, -1, 100, &plain);
	judge(&b, &unknown, &plain, &j);
	assert_int_equal(j.verdict, VERDICT_UNKNOWN);
	assert_string_equal(j.why, "the build has no trace");
}

static void test_warn(void **state)
{
	const struct budget b = { .limit = LIMIT_ABSOLUTE,
				  .amount = 10,
				  .warn = true };
	const struct measured m = { .after = { .known = true, .value = 11 } };
	struct judgement j;

	(void)state;
	judge(&b, &m, &plain, &j);
	assert_verdict(&j, VERDICT_WARNING, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_absolute), cmocka_unit_test(test_growth),
		cmocka_unit_test(test_percent),	 cmocka_unit_test(test_excuse),
		cmocka_unit_test(test_lacking),	 cmocka_unit_test(test_warn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
