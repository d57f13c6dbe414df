/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JUnit XML, which every forge and CI server shows: one suite of cases.
 */
#ifndef RENDER_JUNIT_H
#define RENDER_JUNIT_H

#include <stddef.h>
#include <stdio.h>

#include "support/err.h"

enum junit_state { JUNIT_PASSED, JUNIT_FAILED, JUNIT_SKIPPED };

struct junit_case {
	const char *group, *name; /* of anybody: made safe here */
	enum junit_state state;
	const char *message; /* one line; "" of one that passed */
	const char *text;    /* more of it, in lines; "" */
};

int junit_write(FILE *out, const char *suite, const struct junit_case *cases,
		size_t ncases, struct err *e);

#endif
