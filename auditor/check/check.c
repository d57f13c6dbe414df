/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check/check.h"

#include <stdlib.h>
#include <string.h>

#include "check/sides.h"
#include "check/table.h"
#include "query/diff.h"
#include "query/diff_traces.h"
#include "query/scratch.h"

/* A check that is not there, or takes no size: as wrong as a bad line. */
static int find_checks(struct check *c, struct err *e)
{
	struct budgets *b = c->budgets;
	int rc = 0;

	for (size_t i = 0; i < b->nchecks && rc == 0; i++) {
		const struct budget_check *line = &b->checks[i];
		const char *nearest;
		const struct report *r = catalogue_get(&c->catalogue,
						       line->name, &nearest);

		c->canned[i].report = r;
		c->canned[i].name = line->name;
		c->canned[i].line = line->line;
		if (!r)
			rc = remarks_add(
				&b->complaints, e,
				"line %zu: there is no check '%.100s': the nearest is '%s'",
				line->line, line->name, nearest);
		else if (line->above && !report_find_param(r, PARAM_ABOVE))
			rc = remarks_add(&b->complaints, e,
					 "line %zu: check '%s' takes no size",
					 line->line, line->name);
	}
	return rc;
}

static int find_file(struct check *c, struct err *e)
{
	int rc;

	if (!c->file)
		return 0;
	rc = catalogue_load(c->file, &c->own, e);
	if (rc == 0) {
		c->canned[c->ncanned - 1].report = &c->own;
		c->canned[c->ncanned - 1].name = c->file;
	}
	return rc;
}

int check_prepare(const struct database *d, struct budgets *b,
		  const struct check_request *request, struct check *ret,
		  struct err *e)
{
	struct check *c = ret;
	int rc;

	*c = (struct check){ .d = d, .budgets = b, .file = request->file };
	memory_rows_init(&c->table, check_columns, CHECK_COLUMNS);
	c->ncanned = b->nchecks + (request->file != NULL);
	c->judged = calloc(b->nbudgets + 1, sizeof(*c->judged));
	c->measured = calloc(b->nbudgets + 1, sizeof(*c->measured));
	c->canned = calloc(c->ncanned + 1, sizeof(*c->canned));
	if (!c->judged || !c->measured || !c->canned)
		return err_nomem(e);
	rc = catalogue_read_checks(&c->catalogue, e);
	if (rc == 0)
		rc = find_checks(c, e);
	if (rc == 0)
		rc = find_file(c, e);
	return rc == 0 ? sides_find(c, request->build, request->base,
				    request->no_base, e)
		       : rc;
}

static int judge_budgets(struct check *c, struct err *e)
{
	struct budgets *b = c->budgets;
	int rc = 0;

	for (size_t i = 0; i < b->nbudgets && rc == 0; i++) {
		rc = measure_budget(c->d, &c->sides, &b->budgets[i],
				    &c->measured[i], e);
		if (rc == 0) {
			judge(&b->budgets[i], &c->measured[i], &c->terms,
			      &c->judged[i]);
			c->counts[c->judged[i].verdict]++;
		}
	}
	return rc;
}

static bool broke(enum verdict v)
{
	return v >= VERDICT_EXCUSED;
}

/* The tables of differences cost time: only for who has a use for them. */
static bool needs_diff(const struct check *c)
{
	if (c->terms.no_base)
		return false;
	for (size_t i = 0; i < c->budgets->nbudgets; i++) {
		if (broke(c->judged[i].verdict) && c->judged[i].change > 0)
			return true;
	}
	for (size_t i = 0; i < c->ncanned; i++) {
		if (canned_compares(c->canned[i].report))
			return true;
	}
	return false;
}

static bool needs_traces(const struct check *c)
{
	if (c->terms.no_base || !c->sides.has_base_trace)
		return false;
	for (size_t i = 0; i < c->budgets->nbudgets; i++)
		if (metric_is_traced(c->budgets->budgets[i].metric) &&
		    broke(c->judged[i].verdict) && c->judged[i].change > 0)
			return true;
	return false;
}

static int run_canned(struct check *c, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; i < c->ncanned && rc == 0; i++) {
		const struct budget_check *line = &c->budgets->checks[i];
		bool own = i >= c->budgets->nchecks;

		rc = canned_run(c->d, &c->sides, &c->terms,
				own ? NULL : line->above, !own && line->warn,
				&c->canned[i], e);
		if (rc == 0)
			c->counts[c->canned[i].verdict]++;
	}
	return rc;
}

/* Of the worst verdict first, and those of one verdict in the file's order. */
static int find_causes(struct check *c, struct err *e)
{
	size_t left = CHECK_CAUSES_MAX;
	int rc = 0;

	for (int v = VERDICT_BROKEN; broke((enum verdict)v); v--) {
		for (size_t i = 0; i < c->budgets->nbudgets && left; i++) {
			if ((int)c->judged[i].verdict != v)
				continue;
			left--;
			rc = causes_add(c->d, &c->sides,
					&c->budgets->budgets[i], &c->judged[i],
					&c->causes, e);
			if (rc)
				return rc;
		}
	}
	return rc;
}

/* Reports that come after may only read, whatever happened here. */
static int fill_tables(struct check *c, struct err *e)
{
	struct err ignored;
	int rc = scratch_begin(c->d, e);

	if (rc == 0)
		rc = measure_begin(c->d, c->budgets, &c->sides, e);
	if (rc == 0)
		rc = judge_budgets(c, e);
	if (rc == 0 && needs_diff(c))
		rc = diff_prepare(c->d,
				  &(struct diff_sides){ c->sides.base,
							c->sides.build, "all",
							DIFF_SYMBOLS },
				  e);
	else if (rc == 0)
		/* Who compares nothing finds them empty. */
		rc = diff_make_tables(c->d, e);
	if (rc == 0)
		rc = needs_traces(c)
			     ? diff_traces_fill(c->d, c->sides.base_trace,
						c->sides.trace, e)
			     : diff_traces_fill(c->d, 0, 0, e);
	if (rc == 0)
		return scratch_end(c->d, e);
	scratch_end(c->d, &ignored);
	return rc;
}

int check_run(struct check *c, const char *excuse, struct err *e)
{
	int rc;

	c->terms.quiet = c->budgets->quiet;
	c->terms.saving = c->budgets->saving;
	c->terms.slack = c->budgets->slack;
	c->terms.excuse = excuse;
	rc = fill_tables(c, e);
	if (rc == 0)
		rc = run_canned(c, e);
	if (rc == 0)
		rc = find_causes(c, e);
	return rc == 0 ? table_fill(c, e) : rc;
}

void check_release(struct check *c)
{
	for (size_t i = 0; c->canned && i < c->ncanned; i++)
		canned_release(&c->canned[i]);
	free(c->canned);
	free(c->judged);
	free(c->measured);
	memory_rows_release(&c->table);
	causes_release(&c->causes);
	report_release(&c->own);
	catalogue_release(&c->catalogue);
	arena_release(&c->arena);
	*c = (struct check){ .ncanned = 0 };
}
