/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reports there are: those of sql/reports, and files of the user.
 */
#ifndef QUERY_CATALOGUE_H
#define QUERY_CATALOGUE_H

#include <stddef.h>

#include "query/report.h"
#include "support/err.h"

struct catalogue {
	struct report *reports; /* sorted by name */
	size_t nreports;
};

/* Reads every built-in report.  The caller releases *ret. */
int catalogue_read(struct catalogue *ret, struct err *e);
/* Those of sql/checks instead, whose rows are what is wrong with a build. */
int catalogue_read_checks(struct catalogue *ret, struct err *e);
void catalogue_release(struct catalogue *c);

/* NULL, with the nearest name, where there is none. */
const struct report *catalogue_get(const struct catalogue *c, const char *name,
				   const char **ret_nearest);
/* ERR_USAGE, with the nearest name, where there is none. */
int catalogue_find(const struct catalogue *c, const char *name,
		   const struct report **ret, struct err *e);

/* The names of the reports that take a parameter: "footprint, objects".
 * Text is cut to fit. */
void catalogue_takers(const struct catalogue *c, enum query_param id, char *ret,
		      size_t size);

/* Reads a report from a file of the user.  The caller releases *ret. */
int catalogue_load(const char *path, struct report *ret, struct err *e);

#endif
