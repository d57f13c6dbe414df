/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/causes.h"

#include <stdio.h>
#include <string.h>

#include "query/statement.h"

static int load(const struct database *d, const char *name,
		const struct binding *bindings, struct memory_rows *to,
		char *title, size_t size, struct err *e)
{
	const struct report *head;
	struct rows *rows;
	uint64_t total;
	int rc = statement_file(d, name, bindings, &rows, &head, e);

	if (rc)
		return rc;
	if (!to->rows.columns) {
		rc = memory_rows_init_like(to, rows, e);
		snprintf(title, size, "%s", head->title);
	}
	if (rc == 0)
		rc = memory_rows_load(to, rows, SIZE_MAX, &total, e);
	statement_end(rows);
	return rc;
}

int causes_add(const struct database *d, const struct sides *s,
	       const struct budget *b, const struct judgement *j,
	       struct causes *c, struct err *e)
{
	static const char *const whats[] = { "image", "branch", "symbol" };
	bool traced = metric_is_traced(b->metric);
	const int64_t grown = j->has_change && j->change > 0;
	const int64_t rows = CAUSES_ROWS;
	char budget[BUDGETS_LINE_MAX + 64];
	const struct binding bindings[] = {
		{ ":budget", budget, NULL },
		{ ":metric", metric_word(b->metric), NULL },
		{ ":image", b->image, NULL },
		{ ":name", b->name, NULL },
		{ ":what", whats[b->what], NULL },
		{ ":grown", NULL, &grown },
		{ ":rows", NULL, &rows },
		{ ":build", NULL, &s->build },
		{ ":base", NULL, &s->base },
		{ ":trace", NULL, &s->trace },
		{ ":base_trace", NULL, &s->base_trace },
		{ NULL, NULL, NULL },
	};
	int rc = 0;

	snprintf(budget, sizeof(budget), "%s %s", b->words,
		 metric_word(b->metric));
	if (!traced && b->what != BUDGET_SYMBOL)
		rc = load(d, "check-cause-objects", bindings, &c->objects,
			  c->objects_title, sizeof(c->objects_title), e);
	if (rc)
		return rc;
	return load(d,
		    traced  ? "check-cause-sites"
		    : grown ? "check-cause-symbols"
			    : "check-largest-symbols",
		    bindings, &c->symbols, c->symbols_title,
		    sizeof(c->symbols_title), e);
}

void causes_release(struct causes *c)
{
	memory_rows_release(&c->objects);
	memory_rows_release(&c->symbols);
}
