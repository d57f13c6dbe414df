/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `kmemdb html`: one file that a browser opens, with everything in it.
 */
#ifndef HTML_PAGE_H
#define HTML_PAGE_H

#include <stdio.h>

#include "query/database.h"
#include "query/run.h"
#include "support/err.h"

/* As html_tables_write (html/tables.h), with the page around it. */
int html_page_write(const struct database *d,
		    const struct query_request *request, FILE *out,
		    struct err *e);

#endif
