/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reports of the program's own that are not listed: those of sql/plot,
 * sql/page and so on, and the listed ones by name.
 */
#ifndef QUERY_REPORT_FILE_H
#define QUERY_REPORT_FILE_H

#include "query/report.h"

/* file: "footprint" of sql/reports, or "plot/peak" of sql/plot; name is what
 * messages call it.  ERR_DB where the program has none.  The caller releases
 * *ret. */
int report_file(const char *file, const char *name, struct report *ret,
		struct err *e);

#endif
