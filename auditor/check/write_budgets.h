/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A first budget file: what a build costs now, and a little more.
 */
#ifndef CHECK_WRITE_BUDGETS_H
#define CHECK_WRITE_BUDGETS_H

#include <stdint.h>
#include <stdio.h>

#include "query/database.h"
#include "support/err.h"

/* build NULL is the newest.  Whether it could be written is for the caller to
 * ask of out. */
int write_budgets(const struct database *d, const char *build, FILE *out,
		  struct err *e);

#endif
