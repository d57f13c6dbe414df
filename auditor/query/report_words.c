/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/report_words.h"

#include <string.h>

static const char *const unit_names[UNIT_COUNT_ALL] = {
	[UNIT_NONE] = "",	[UNIT_BYTES] = "bytes",
	[UNIT_COUNT] = "count", [UNIT_NS] = "ns",
	[UNIT_DATE] = "date",	[UNIT_PERCENT] = "percent",
	[UNIT_RATIO] = "ratio", [UNIT_TEXT] = "text",
	[UNIT_ID] = "id",
};

static const struct {
	const char *name, *title;
} groups[REPORT_GROUP_COUNT] = {
	[REPORT_NO_GROUP] = { "", "Others" },
	[REPORT_STATIC] = { "static", "Static: what the image takes" },
	[REPORT_DYNAMIC] = { "dynamic", "Dynamic: what the kernel allocates" },
	[REPORT_BOTH] = { "both", "Both together, and along the history" },
	[REPORT_TRUST] = { "trust", "Trust: how far the numbers go" },
};

const char *report_group_name(enum report_group group)
{
	return groups[group].name;
}

const char *report_group_title(enum report_group group)
{
	return groups[group].title;
}

enum report_group report_group_find(const char *name)
{
	int i = REPORT_STATIC;

	while (i < REPORT_GROUP_COUNT && strcmp(name, groups[i].name) != 0)
		i++;
	return (enum report_group)i;
}

const char *column_unit_name(enum column_unit unit)
{
	return unit_names[unit];
}

enum column_unit column_unit_find(const char *name, size_t len)
{
	int i = UNIT_BYTES;

	while (i < UNIT_COUNT_ALL && (strlen(unit_names[i]) != len ||
				      memcmp(unit_names[i], name, len) != 0))
		i++;
	return (enum column_unit)i;
}
