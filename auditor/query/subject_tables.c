/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/subject_tables.h"

#include "query/footer.h"
#include "query/statement.h"

/* A table of one kind of subject; file is in sql/query. */
static const struct {
	const char *name, *file;
	bool object; /* it is about one, else about a symbol */
	bool dynamic;
} tables[] = {
	{ "object", "show-object", true, false },
	{ "memory", "show-memory", true, false },
	{ "sections", "show-sections", true, false },
	{ "symbols", "show-symbols", true, false },
	{ "sites", "show-sites", true, true },
	{ "definitions", "show-definitions", false, false },
	{ "messages", "show-messages", false, false },
	{ "sites", "show-calls", false, true },
};

static int start(const struct subject_tables *s, const char *file,
		 struct table_rows *t, struct err *e)
{
	const struct binding bindings[] = {
		{ ":name", s->subject->name, NULL },
		{ ":build", NULL, &s->subject->build },
		{ ":trace", NULL, &s->subject->trace },
		{ NULL, NULL, NULL },
	};
	const struct report *head;
	int rc = statement_file(s->d, file, bindings, &t->rows, &head, e);

	if (rc)
		return rc;
	t->title = head->title;
	t->empty = head->empty;
	t->end = statement_end;
	return 1;
}

int subject_tables_next(struct subject_tables *s, struct table_rows *ret,
			struct err *e)
{
	const struct subject *about = s->subject;

	while (s->at < sizeof(tables) / sizeof(*tables)) {
		size_t i = s->at++;
		struct table_rows t = { .name = tables[i].name };
		int rc;

		if (tables[i].object != about->object ||
		    !(tables[i].dynamic ? about->has_trace : about->has_build))
			continue;
		rc = start(s, tables[i].file, &t, e);
		if (rc == 1)
			*ret = t;
		return rc;
	}
	return 0;
}

int subject_footer(const struct database *d, const struct subject *s,
		   struct arena *a, const char **ret, struct err *e)
{
	struct param_value values[PARAM_COUNT] = { { .text = NULL } };
	bool used[PARAM_COUNT] = { false };

	if (!s->has_trace) {
		*ret = "no trace of that build: kmemdb import LOG adds what its call sites allocate\n";
		return 0;
	}
	used[PARAM_TRACE] = true;
	values[PARAM_TRACE].integer = s->trace;
	return footer_read(d, "coverage-line", used, values, a, ret, e);
}
