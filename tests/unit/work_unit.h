/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Time in units: what this build, with its compiler's flags (sanitizers, gcov)
 * and on this machine, takes to compare 20 million characters; 0.03 s where it
 * is optimised.  Of the processor: a machine that is busy with other work makes
 * nothing longer.  For tests that something is no square.
 */
#ifndef TESTS_WORK_UNIT_H
#define TESTS_WORK_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "link/script/glob.h"

static inline double cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The least of three: the first one warms up. */
static inline double unit_seconds(void)
{
	static char name[100000], pattern[1000];
	static double unit;

	if (unit > 0)
		return unit;
	memset(name, 'a', sizeof(name));
	memset(pattern, 'a', sizeof(pattern));
	pattern[0] = '*';
	pattern[sizeof(pattern) - 1] = 'b';
	for (int i = 0; i < 3; i++) {
		size_t left = 20000000;
		double t = cpu_seconds();

		assert_false(glob_match(pattern, sizeof(pattern), name,
					sizeof(name), &left));
		assert_int_equal(left, 0);
		t = cpu_seconds() - t;
		if (i == 0 || t < unit)
			unit = t;
	}
	return unit;
}

/* since: cpu_seconds() before the work. */
static inline void assert_units(double since, double most)
{
	double units = (cpu_seconds() - since) / unit_seconds();

	if (units > most)
		fail_msg("%.0f units, at most %.0f", units, most);
}

#endif
