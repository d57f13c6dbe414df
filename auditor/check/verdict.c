/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/grouped.h"

static const struct cell *row_of(const struct check *c, size_t i)
{
	return c->table.cells + i * CHECK_COLUMNS;
}

/* "branch fs text grew by 20,992 bytes, 4,608 more than +16K allows" */
static const char *budget_words(struct check *c, const struct cell *r)
{
	char after[GROUPED_MAX], change[GROUPED_MAX], over[GROUPED_MAX];
	const char *unit = strcmp(r[CHECK_METRIC].text, "allocs") == 0
				   ? "allocations"
				   : "bytes";

	grouped_number(r[CHECK_AFTER].integer, after);
	grouped_number(r[CHECK_CHANGE].integer, change);
	grouped_number(r[CHECK_OVER].integer, over);
	if (*r[CHECK_LIMIT].text == '+')
		return arena_printf(
			&c->arena,
			"%s %s grew by %s %s, %s more than %s allows",
			r[CHECK_BUDGET].text, r[CHECK_METRIC].text, change,
			unit, over, r[CHECK_LIMIT].text);
	if (r[CHECK_CHANGE].type == CELL_NULL || r[CHECK_CHANGE].integer <= 0)
		return arena_printf(&c->arena,
				    "%s %s is %s %s, %s above its limit %s",
				    r[CHECK_BUDGET].text, r[CHECK_METRIC].text,
				    after, unit, over, r[CHECK_LIMIT].text);
	return arena_printf(
		&c->arena,
		"%s %s is %s %s, %s above its limit %s, after growing by %s",
		r[CHECK_BUDGET].text, r[CHECK_METRIC].text, after, unit, over,
		r[CHECK_LIMIT].text, change);
}

static bool is_over(const struct cell *r)
{
	const char *v = r[CHECK_VERDICT].text;

	return strcmp(v, verdict_word(VERDICT_BROKEN)) == 0 ||
	       strcmp(v, verdict_word(VERDICT_WARNING)) == 0 ||
	       strcmp(v, verdict_word(VERDICT_EXCUSED)) == 0;
}

const char *check_words(struct check *c, size_t i)
{
	const struct cell *r = row_of(c, i);
	const char *why = r[CHECK_WHY].text, *words;
	char n[GROUPED_MAX];

	if (strcmp(r[CHECK_METRIC].text, "rows") == 0 && is_over(r))
		words = arena_printf(&c->arena, "%s: %s found",
				     r[CHECK_BUDGET].text,
				     grouped_number(r[CHECK_AFTER].integer, n));
	else if (is_over(r))
		words = budget_words(c, r);
	else
		words = arena_printf(&c->arena, "%s %s: %s",
				     r[CHECK_BUDGET].text, r[CHECK_METRIC].text,
				     r[CHECK_VERDICT].text);
	if (!words || !*why)
		return words;
	return arena_printf(&c->arena, "%s (%s)", words, why);
}

const char *check_sides(struct check *c)
{
	if (!c->sides.has_base)
		return arena_printf(&c->arena, "%s, without a base: %s",
				    c->build_words, c->terms.no_base);
	return arena_printf(&c->arena, "%s against %s%s%s%s%s%s",
			    c->build_words, c->base_words, *c->how ? ", " : "",
			    c->how, *c->unlike ? "; it was built with " : "",
			    c->unlike,
			    c->terms.no_base ? ": growth is not judged" : "");
}

/* ", 2 warnings" and so on; what is 0 is not said. */
static const char *add_count(struct check *c, const char *words, enum verdict v,
			     const char *one, const char *many)
{
	size_t n = c->counts[v];

	if (!n || !words)
		return words;
	return arena_printf(&c->arena, "%s; %zu %s", words, n,
			    n == 1 ? one : many);
}

const char *check_verdict(struct check *c)
{
	size_t all = c->table.count, broken = c->counts[VERDICT_BROKEN];
	size_t held = c->counts[VERDICT_OK] + c->counts[VERDICT_SLACK] +
		      c->counts[VERDICT_SAVED];
	const char *words = NULL, *first;

	if (broken) {
		/* The worst comes first in the table. */
		first = check_words(c, 0);
		if (first && all == 1)
			words = arena_printf(&c->arena, "broken: %s", first);
		else if (first)
			words = arena_printf(&c->arena,
					     "%zu of %zu limits %s broken: %s",
					     broken, all,
					     broken == 1 ? "is" : "are", first);
		if (words && broken > 1)
			words = arena_printf(&c->arena, "%s; and %zu more",
					     words, broken - 1);
	} else if (c->counts[VERDICT_UNKNOWN]) {
		words = arena_printf(&c->arena, "%zu of %zu limits hold", held,
				     all);
	} else if (!held) {
		words = "no action needed";
	} else {
		words = arena_printf(&c->arena, "no action needed: %zu %s",
				     held,
				     held == 1 ? "limit holds" : "limits hold");
	}
	words = add_count(c, words, VERDICT_WARNING, "warning", "warnings");
	words = add_count(c, words, VERDICT_EXCUSED, "known growth excused",
			  "known growths excused");
	words = add_count(c, words, VERDICT_UNKNOWN, "could not be measured",
			  "could not be measured");
	words = add_count(c, words, VERDICT_SAVED, "large saving",
			  "large savings");
	words = add_count(c, words, VERDICT_SLACK, "limit has slack",
			  "limits have slack");
	return add_count(c, words, VERDICT_NO_BASE,
			 "growth limit not judged for lack of a base",
			 "growth limits not judged for lack of a base");
}
