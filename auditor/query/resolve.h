/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From what the user wrote after --build, --branch and so on to what a
 * report's statement gets: checked against the database, so that a word that
 * is wrong is an error with a suggestion, and never an empty answer.
 */
#ifndef QUERY_RESOLVE_H
#define QUERY_RESOLVE_H

#include <stdbool.h>
#include <stdint.h>

#include "query/database.h"
#include "query/report.h"
#include "support/arena.h"
#include "support/err.h"

/*
 * Fills values of the parameters that are used; given[] are the words of the
 * user, NULL where there are none ("1" for options without an argument).
 * Texts live in a.  ERR_USAGE where a word names nothing.
 */
int params_resolve(const struct database *d, const struct report *report,
		   const bool used[PARAM_COUNT],
		   const char *const given[PARAM_COUNT],
		   struct param_value values[PARAM_COUNT], struct arena *a,
		   struct err *e);

/* "fs" for "./fs/", "" for "."; a copy in a, NULL when memory is out. */
char *branch_normalise(const char *branch, struct arena *a);

#endif
