/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/table.h"

#include <string.h>

/* A row is read as a line. */
/* clang-format off */
const struct column check_columns[CHECK_COLUMNS] = {
	[CHECK_VERDICT] = { .name = "verdict", .unit = UNIT_TEXT, .ascending = true,
			    .help = "broken, warning, excused (by a trailer), unknown (not measured), saved, slack, no base, or ok" },
	[CHECK_BUDGET] = { .name = "budget", .unit = UNIT_TEXT, .ascending = true,
			   .help = "what has the limit" },
	[CHECK_METRIC] = { .name = "metric", .unit = UNIT_TEXT, .ascending = true,
			   .help = "what is limited; rows: of a check" },
	[CHECK_LIMIT] = { .name = "limit", .unit = UNIT_TEXT, .ascending = true,
			  .help = "as the budget file has it" },
	[CHECK_BEFORE] = { .name = "before", .unit = UNIT_BYTES, .help = "in the base" },
	[CHECK_AFTER] = { .name = "after", .unit = UNIT_BYTES, .help = "in the build" },
	[CHECK_CHANGE] = { .name = "change", .unit = UNIT_BYTES, .help = "after - before" },
	[CHECK_PERCENT] = { .name = "percent", .unit = UNIT_PERCENT, .wide = true,
			    .help = "change as a share of before" },
	[CHECK_OVER] = { .name = "over", .unit = UNIT_BYTES,
			 .help = "more than the limit allows; negative: the room left" },
	[CHECK_WHY] = { .name = "why", .unit = UNIT_TEXT, .ascending = true,
			.help = "what the numbers do not say" },
	[CHECK_LINE] = { .name = "line", .unit = UNIT_ID, .wide = true,
			 .help = "of the budget file" },
};
/* clang-format on */

static struct cell text(const char *s)
{
	return (struct cell){ .type = CELL_TEXT, .text = s, .len = strlen(s) };
}

static struct cell number(int64_t n)
{
	return (struct cell){ .type = CELL_INTEGER, .integer = n };
}

static int add_budget(struct check *c, size_t i, struct err *e)
{
	const struct budget *b = &c->budgets->budgets[i];
	const struct judgement *j = &c->judged[i];
	const struct measured *m = &c->measured[i];
	struct cell cells[CHECK_COLUMNS] = {
		[CHECK_VERDICT] = text(verdict_word(j->verdict)),
		[CHECK_BUDGET] = text(b->words),
		[CHECK_METRIC] = text(metric_word(b->metric)),
		[CHECK_LIMIT] = text(b->limit_words),
		[CHECK_WHY] = text(j->why),
		[CHECK_LINE] = number((int64_t)b->line),
	};
	bool judged = j->verdict != VERDICT_UNKNOWN &&
		      j->verdict != VERDICT_NO_BASE;

	if (m->before.known && !c->terms.no_base)
		cells[CHECK_BEFORE] = number(m->before.value);
	if (m->after.known)
		cells[CHECK_AFTER] = number(m->after.value);
	if (j->has_change && !c->terms.no_base) {
		cells[CHECK_CHANGE] = number(j->change);
		if (m->before.value)
			cells[CHECK_PERCENT] = (struct cell){
				.type = CELL_REAL,
				.real = 100.0 * (double)j->change /
					(double)m->before.value,
			};
	}
	if (judged)
		cells[CHECK_OVER] = number(j->over);
	return memory_rows_add(&c->table, cells, e);
}

static int add_canned(struct check *c, size_t i, struct err *e)
{
	const struct canned *o = &c->canned[i];
	const char *words = arena_printf(&c->arena, "%s %s",
					 o->line ? "check" : "file", o->name);
	bool ran = o->verdict != VERDICT_UNKNOWN &&
		   o->verdict != VERDICT_NO_BASE;
	struct cell cells[CHECK_COLUMNS] = {
		[CHECK_VERDICT] = text(verdict_word(o->verdict)),
		[CHECK_METRIC] = text("rows"),
		[CHECK_LIMIT] = text(o->above),
		[CHECK_WHY] = text(o->why),
	};

	if (!words)
		return err_nomem(e);
	cells[CHECK_BUDGET] = text(words);
	if (ran)
		cells[CHECK_AFTER] = number((int64_t)o->total);
	if (o->line)
		cells[CHECK_LINE] = number((int64_t)o->line);
	return memory_rows_add(&c->table, cells, e);
}

int table_fill(struct check *c, struct err *e)
{
	int rc = 0;

	for (int v = VERDICT_COUNT - 1; v >= 0; v--) {
		for (size_t i = 0; i < c->budgets->nbudgets && rc == 0; i++)
			if ((int)c->judged[i].verdict == v)
				rc = add_budget(c, i, e);
		for (size_t i = 0; i < c->ncanned && rc == 0; i++)
			if ((int)c->canned[i].verdict == v)
				rc = add_canned(c, i, e);
	}
	return rc;
}
