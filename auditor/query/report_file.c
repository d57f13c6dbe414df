/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/report_file.h"

#include <stdio.h>
#include <string.h>

#include "support/sql_files.h"

int report_file(const char *file, const char *name, struct report *ret,
		struct err *e)
{
	const char *text;
	char path[80];

	snprintf(path, sizeof(path), "%s%s.sql",
		 strchr(file, '/') ? "" : "reports/", file);
	text = sql_file_text(path);
	if (!text)
		return err_set(e, ERR_DB, "no file 'sql/%s' in this program",
			       path);
	return report_parse(name, text, true, ret, e);
}
