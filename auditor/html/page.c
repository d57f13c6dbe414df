/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html/page.h"

#include "html/page_files.h"
#include "html/tables.h"

int html_page_write(const struct database *d,
		    const struct query_request *request, FILE *out,
		    struct err *e)
{
	int rc;

	fputs(html_page_head, out);
	rc = html_tables_write(d, request, out, e);
	fputs(html_page_tail, out);
	return rc;
}
