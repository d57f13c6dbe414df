/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Below this, bytes are shown to the last one. */
#define PLAIN_BELOW 10000

#define NS_PER_S INT64_C(1000000000)

/* The fewest digits that are read back as the same number. */
static void real_exact(struct buffer *b, double x)
{
	char digits[40];

	snprintf(digits, sizeof(digits), "%.15g", x);
	if (strtod(digits, NULL) != x)
		snprintf(digits, sizeof(digits), "%.17g", x);
	buffer_str(b, digits);
}

void number_exact(struct buffer *b, const struct cell *c)
{
	if (c->type == CELL_REAL)
		real_exact(b, c->real);
	else
		buffer_printf(b, "%lld", (long long)c->integer);
}

static void bytes_human(struct buffer *b, int64_t n)
{
	static const char units[] = "KMGTPE";
	uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	uint64_t tenths;
	int unit = 0;

	if (size < PLAIN_BELOW) {
		buffer_printf(b, "%lld", (long long)n);
		return;
	}
	/* In halves of tenths of KiB, for rounding; 2^63 / 1024 * 20 fits. */
	tenths = (size / 1024 * 20 + size % 1024 * 20 / 1024 + 1) / 2;
	while (tenths >= 10240 && units[unit + 1]) {
		uint64_t div = UINT64_C(1) << (10 * (unit + 2));

		unit++;
		tenths = (size / div * 20 +
			  (size % div >> 10) * 20 / (div >> 10) + 1) /
			 2;
	}
	buffer_printf(b, "%s%llu.%llu%c", n < 0 ? "-" : "",
		      (unsigned long long)(tenths / 10),
		      (unsigned long long)(tenths % 10), units[unit]);
}

static void seconds(struct buffer *b, int64_t ns)
{
	uint64_t size = ns < 0 ? 0 - (uint64_t)ns : (uint64_t)ns;

	buffer_printf(b, "%s%llu.%06llus", ns < 0 ? "-" : "",
		      (unsigned long long)(size / NS_PER_S),
		      (unsigned long long)(size % NS_PER_S / 1000));
}

static void date(struct buffer *b, int64_t ns)
{
	time_t t = (time_t)(ns / NS_PER_S - (ns % NS_PER_S < 0));
	char text[64];
	struct tm tm;

	if (gmtime_r(&t, &tm) &&
	    strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%SZ", &tm))
		buffer_str(b, text);
	else
		buffer_printf(b, "%lld", (long long)ns);
}

static void integer_for_table(struct buffer *b, int64_t n,
			      enum column_unit unit, bool exact)
{
	if (unit == UNIT_BYTES && !exact)
		bytes_human(b, n);
	else if (unit == UNIT_NS && !exact)
		seconds(b, n);
	else if (unit == UNIT_DATE)
		date(b, n);
	else
		buffer_printf(b, "%lld", (long long)n);
}

void number_for_table(struct buffer *b, const struct cell *c,
		      enum column_unit unit, bool exact)
{
	double x = c->type == CELL_REAL ? c->real : (double)c->integer;
	/* Wider numbers would be all digits and no sense. */
	bool plain = fabs(x) < 1e15;

	if (unit == UNIT_PERCENT && plain)
		buffer_printf(b, "%.1f%%", x);
	else if (unit == UNIT_RATIO && plain)
		buffer_printf(b, "%.2f", x);
	else if (c->type == CELL_INTEGER)
		integer_for_table(b, c->integer, unit, exact);
	else if (plain &&
		 (unit == UNIT_BYTES || unit == UNIT_NS || unit == UNIT_DATE))
		integer_for_table(b, (int64_t)llround(x), unit, exact);
	else
		real_exact(b, x);
}
