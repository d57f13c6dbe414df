/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A check in one sentence, and one case at a time.
 */
#ifndef CHECK_VERDICT_H
#define CHECK_VERDICT_H

#include "check/state.h"

/* "no action needed: 12 budgets hold", "1 of 12 budgets is broken: branch fs
 * text ..."; in c's arena, NULL when memory is out. */
const char *check_verdict(struct check *c);

/* What was compared with what: "build 7 (x) against build 6 (y)"; likewise. */
const char *check_sides(struct check *c);

/* Row i of c->table in words, for who has no table; likewise. */
const char *check_words(struct check *c, size_t i);

#endif
