/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * kmemdb check as JUnit XML: a case for each limit.
 */
#ifndef CLI_CHECK_JUNIT_H
#define CLI_CHECK_JUNIT_H

#include <stdio.h>

#include "check/check.h"
#include "support/err.h"

/* Of a check that has run. */
int check_put_junit(struct check *c, FILE *out, struct err *e);

#endif
