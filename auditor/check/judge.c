/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/judge.h"

#include <stdio.h>
#include <string.h>

#include "check/grouped.h"

#define WHY(j, ...) snprintf((j)->why, sizeof((j)->why), __VA_ARGS__)

const char *verdict_word(enum verdict v)
{
	static const char *const words[VERDICT_COUNT] = {
		[VERDICT_OK] = "ok",	       [VERDICT_NO_BASE] = "no base",
		[VERDICT_SLACK] = "slack",     [VERDICT_SAVED] = "saved",
		[VERDICT_UNKNOWN] = "unknown", [VERDICT_EXCUSED] = "excused",
		[VERDICT_WARNING] = "warning", [VERDICT_BROKEN] = "broken",
	};

	return words[v];
}

/* a * b / 10000 without overflow: b is a share in hundredths of a percent. */
static int64_t share(int64_t a, int64_t b)
{
	return (int64_t)((__int128)a * b / 10000);
}

static enum verdict broken(const struct budget *b)
{
	return b->warn ? VERDICT_WARNING : VERDICT_BROKEN;
}

static void judge_saving(const struct terms *t, struct judgement *j)
{
	if (t->no_base || !j->has_change || -j->change < t->saving ||
	    j->change >= 0)
		return;
	j->verdict = VERDICT_SAVED;
}

static void judge_absolute(const struct budget *b, const struct measured *m,
			   const struct terms *t, struct judgement *j)
{
	int64_t room = b->amount - m->after.value;
	char was[GROUPED_MAX];

	j->over = -room;
	if (room < 0) {
		j->verdict = broken(b);
		/* Whoever comes after a break should not be charged for it. */
		if (!t->no_base && j->has_change && m->before.value > b->amount)
			WHY(j,
			    "it was over the limit in the base already, by %s",
			    grouped_number(m->before.value - b->amount, was));
		else if (t->excuse)
			WHY(j,
			    "a trailer excuses growth alone: raise the limit in its line");
		return;
	}
	judge_saving(t, j);
	if (room > share(b->amount, t->slack) && room > t->quiet) {
		/* A saving that leaves room says both. */
		if (j->verdict != VERDICT_SAVED)
			j->verdict = VERDICT_SLACK;
		WHY(j, "the limit could be %lld", (long long)m->after.value);
	}
}

static void judge_growth(const struct budget *b, const struct measured *m,
			 const struct terms *t, struct judgement *j)
{
	int64_t allowed = b->limit == LIMIT_PERCENT
				  ? share(m->before.value, b->amount)
				  : b->amount;

	if (t->no_base || !m->before.known) {
		j->verdict = VERDICT_NO_BASE;
		j->has_change = false;
		WHY(j, "%s",
		    t->no_base ? t->no_base
			       : "it was not measured in the base");
		return;
	}
	j->over = j->change - allowed;
	if (j->over <= 0 || j->change <= t->quiet) {
		judge_saving(t, j);
	} else if (t->excuse) {
		j->verdict = VERDICT_EXCUSED;
		WHY(j, "%.280s", t->excuse);
	} else {
		j->verdict = broken(b);
	}
}

void judge(const struct budget *b, const struct measured *m,
	   const struct terms *t, struct judgement *ret)
{
	struct judgement j = { .verdict = VERDICT_OK };

	if (m->why) {
		j.verdict = VERDICT_UNKNOWN;
		WHY(&j, "%s", m->why);
		*ret = j;
		return;
	}
	j.has_change = m->before.known && m->after.known;
	if (j.has_change)
		j.change = m->after.value - m->before.value;
	if (b->limit == LIMIT_ABSOLUTE)
		judge_absolute(b, m, t, &j);
	else
		judge_growth(b, m, t, &j);
	*ret = j;
}
