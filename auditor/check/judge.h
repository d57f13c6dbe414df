/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a budget holds.  Pure: numbers in, a verdict and its reason out.
 */
#ifndef CHECK_JUDGE_H
#define CHECK_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "check/budgets.h"
#include "check/measure.h"

/* From what needs no word to what stops a build. */
enum verdict {
	VERDICT_OK,
	VERDICT_NO_BASE, /* a growth, and there is nothing to compare with */
	VERDICT_SLACK,	 /* the limit is far above what is used */
	VERDICT_SAVED,	 /* much less than before */
	VERDICT_UNKNOWN, /* it could not be measured: nothing was checked */
	VERDICT_EXCUSED, /* broken, and a trailer says why */
	VERDICT_WARNING, /* broken, and the line says warn */
	VERDICT_BROKEN,
	VERDICT_COUNT
};

/* What holds for every line. */
struct terms {
	int64_t quiet, saving, slack; /* check/budgets.h */
	/* Why nothing can be compared with the base; NULL where it can. */
	const char *no_base;
	const char *excuse; /* the reason of a trailer, or NULL */
};

#define JUDGEMENT_WHY_MAX 320

struct judgement {
	enum verdict verdict;
	bool has_change;
	int64_t change; /* after - before */
	int64_t over;	/* more than the limit allows; negative: room */
	char why[JUDGEMENT_WHY_MAX]; /* "" where the numbers say it */
};

const char *verdict_word(enum verdict v);

void judge(const struct budget *b, const struct measured *m,
	   const struct terms *t, struct judgement *ret);

#endif
