/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of a report's head: units of columns, groups of reports.
 */
#ifndef QUERY_REPORT_WORDS_H
#define QUERY_REPORT_WORDS_H

#include <stddef.h>

#include "query/rows.h"

/* Under which heading the list of reports has one. */
enum report_group {
	REPORT_NO_GROUP = 0,
	REPORT_STATIC,
	REPORT_DYNAMIC,
	REPORT_BOTH,
	REPORT_TRUST,
	REPORT_GROUP_COUNT
};

/* "static" and so on; "" for REPORT_NO_GROUP. */
const char *report_group_name(enum report_group group);
/* The heading. */
const char *report_group_title(enum report_group group);
/* REPORT_GROUP_COUNT where unknown. */
enum report_group report_group_find(const char *name);

/* "bytes" and so on; "" for UNIT_NONE. */
const char *column_unit_name(enum column_unit unit);
/* Of name[0..len); UNIT_COUNT_ALL where unknown. */
enum column_unit column_unit_find(const char *name, size_t len);

#endif
