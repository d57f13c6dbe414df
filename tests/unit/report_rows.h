/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of a report as text, for tests of what reports say.
 */
#ifndef REPORT_ROWS_H
#define REPORT_ROWS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "query/run.h"
#include "report_fixture.h"

/* Beyond every count of columns. */
#define REPORT_ALL SIZE_MAX

static inline void report_add_cell(char *out, size_t size, const struct cell *c)
{
	size_t at = strlen(out);

	if (c->type == CELL_NULL)
		snprintf(out + at, size - at, "NULL");
	else if (c->type == CELL_INTEGER)
		snprintf(out + at, size - at, "%lld", (long long)c->integer);
	else if (c->type == CELL_REAL)
		snprintf(out + at, size - at, "%.2f", c->real);
	else
		snprintf(out + at, size - at, "%.*s", (int)c->len, c->text);
}

/* The words of a request, by pairs of option and argument. */
struct report_words {
	const char *trace, *build, *branch, *depth, *malloc, *cache, *tracing,
		*order_by, *image, *cpus, *resolution;
};

static inline struct query_request report_request(struct report_words w)
{
	return (struct query_request){
		.given = { [PARAM_TRACE] = w.trace,
			   [PARAM_BUILD] = w.build,
			   [PARAM_BRANCH] = w.branch,
			   [PARAM_DEPTH] = w.depth,
			   [PARAM_MALLOC] = w.malloc,
			   [PARAM_CACHE] = w.cache,
			   [PARAM_TRACING] = w.tracing,
			   [PARAM_IMAGE] = w.image,
			   [PARAM_CPUS] = w.cpus,
			   [PARAM_RESOLUTION] = w.resolution },
		.order_by = w.order_by,
		.limit = -1,
	};
}

/* The first columns of a report's rows, "a|b\n" each; or its error. */
static inline int report_rows(const struct report_fixture *f, const char *name,
			      struct report_words words, size_t columns,
			      char *out, size_t size)
{
	struct query_request request = report_request(words);
	const struct report *r;
	struct rows *rows = NULL;
	struct err e;
	int rc = catalogue_find(&f->c, name, &r, &e);

	out[0] = '\0';
	if (!rc)
		rc = query_start(f->d, r, &request, &rows, &e);
	while (!rc && (rc = rows_next(rows, &e)) == 1) {
		for (size_t i = 0; i < rows->ncolumns && i < columns; i++) {
			if (i)
				strncat(out, "|", size - strlen(out) - 1);
			report_add_cell(out, size, &rows->cells[i]);
		}
		strncat(out, "\n", size - strlen(out) - 1);
		rc = 0;
	}
	query_end(rows);
	if (rc)
		snprintf(out, size, "%s", e.text);
	return rc;
}

static inline void report_expect(void **state, const char *name,
				 struct report_words words, size_t columns,
				 const char *want)
{
	char out[8192];

	report_rows(*state, name, words, columns, out, sizeof(out));
	if (strcmp(out, want) != 0)
		fail_msg("%s gives\n%s\nnot\n%s", name, out, want);
}

#endif
