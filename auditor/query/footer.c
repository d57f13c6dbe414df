/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/footer.h"

#include <stddef.h>

static int make_bindings(const bool *used, const struct param_value *values,
			 struct arena *a, struct binding ret[PARAM_COUNT + 1],
			 struct err *e)
{
	for (int i = 0; i < PARAM_COUNT; i++) {
		const struct param_value *v = &values[i];
		bool null = v->null || !used[i];

		ret[i].name = arena_printf(a, ":%s", query_params[i].variable);
		if (!ret[i].name)
			return err_nomem(e);
		ret[i].text = null ? NULL : v->text;
		ret[i].integer = null ? NULL : &v->integer;
	}
	ret[PARAM_COUNT] = (struct binding){ .name = NULL };
	return 0;
}

/* The first column of each row that is left. */
static int read_lines(const struct database *d, sqlite3_stmt *st,
		      struct arena *a, const char **ret, struct err *e)
{
	const char *lines = "";
	int rc;

	while ((rc = database_step(d, st, e)) == 1) {
		const char *line = (const char *)sqlite3_column_text(st, 0);

		/* NULL: nothing to say. */
		if (line)
			lines = arena_printf(a, "%s%s\n", lines, line);
		if (!lines)
			return err_nomem(e);
	}
	if (!rc)
		*ret = lines;
	return rc;
}

int footer_read(const struct database *d, const char *file,
		const bool used[PARAM_COUNT],
		const struct param_value values[PARAM_COUNT], struct arena *a,
		const char **ret, struct err *e)
{
	struct binding bindings[PARAM_COUNT + 1];
	sqlite3_stmt *st = NULL;
	int rc = make_bindings(used, values, a, bindings, e);

	if (!rc)
		rc = database_prepare(d, file, bindings, &st, e);
	if (!rc)
		rc = read_lines(d, st, a, ret, e);
	sqlite3_finalize(st);
	return rc;
}
