/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/check_junit.h"

#include <stdlib.h>
#include <string.h>

#include "check/verdict.h"
#include "render/buffer.h"
#include "render/junit.h"

static enum junit_state state_of(enum verdict v)
{
	if (v == VERDICT_BROKEN)
		return JUNIT_FAILED;
	return v == VERDICT_UNKNOWN || v == VERDICT_NO_BASE ? JUNIT_SKIPPED
							    : JUNIT_PASSED;
}

static enum verdict verdict_of(const struct cell *c)
{
	int v = 0;

	while (v < VERDICT_COUNT - 1 &&
	       strcmp(verdict_word((enum verdict)v), c->text) != 0)
		v++;
	return (enum verdict)v;
}

/* The symbols of the budget, a line each: what the log of a failure shows. */
static void add_causes(struct buffer *b, const struct memory_rows *m,
		       const char *budget)
{
	for (size_t i = 0; i < m->count; i++) {
		const struct cell *r = m->cells + i * m->rows.ncolumns;

		if (strcmp(r[0].text, budget) != 0)
			continue;
		for (size_t k = 1; k < m->rows.ncolumns; k++) {
			if (r[k].type == CELL_TEXT)
				buffer_printf(b, "%s ", r[k].text);
			else if (r[k].type == CELL_INTEGER)
				buffer_printf(b, "%s %lld ",
					      m->rows.columns[k].name,
					      (long long)r[k].integer);
		}
		buffer_char(b, '\n');
	}
}

static int fill_case(struct check *c, size_t i, struct junit_case *ret,
		     struct err *e)
{
	const struct cell *r = c->table.cells + i * CHECK_COLUMNS;
	const char *name = arena_printf(&c->arena, "%s %s",
					r[CHECK_BUDGET].text,
					r[CHECK_METRIC].text);
	struct buffer b = BUFFER_INIT;
	int rc = 0;

	ret->group = "kmemdb";
	ret->state = state_of(verdict_of(&r[CHECK_VERDICT]));
	ret->message = ret->state == JUNIT_PASSED ? "" : check_words(c, i);
	ret->text = "";
	if (name) {
		add_causes(&b, &c->causes.objects, name);
		add_causes(&b, &c->causes.symbols, name);
		buffer_char(&b, '\0');
		ret->name = arena_printf(&c->arena, "%s %s", name,
					 r[CHECK_LIMIT].text);
		ret->text = b.failed ? NULL : arena_strdup(&c->arena, b.at);
	}
	if (!name || !ret->name || !ret->text || !ret->message)
		rc = err_nomem(e);
	buffer_release(&b);
	return rc;
}

int check_put_junit(struct check *c, FILE *out, struct err *e)
{
	size_t n = c->table.count;
	struct junit_case *cases = calloc(n + 1, sizeof(*cases));
	int rc = cases ? 0 : err_nomem(e);

	for (size_t i = 0; i < n && rc == 0; i++)
		rc = fill_case(c, i, &cases[i], e);
	if (rc == 0)
		rc = junit_write(out, "kmemdb check", cases, n, e);
	free(cases);
	return rc;
}
