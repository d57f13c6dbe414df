/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "top/level_query.h"

#include <string.h>

#include "query/report_file.h"
#include "top/view.h"

/* So that a shell takes it as one word, as it is. */
static void quote(struct buffer *b, const char *word)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:,+@=-";

	if (*word && word[strspn(word, plain)] == '\0') {
		buffer_str(b, word);
		return;
	}
	buffer_char(b, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			buffer_str(b, "'\\''");
		else
			buffer_char(b, *word);
	}
	buffer_char(b, '\'');
}

static void option(struct buffer *b, const char *name, const char *value)
{
	buffer_printf(b, " --%s=", name);
	quote(b, value);
}

/* Of the parameters those that the report takes. */
static void add_params(struct buffer *b, const struct report *report,
		       const char *const given[PARAM_COUNT], bool change)
{
	for (int i = 0; i < PARAM_COUNT; i++) {
		bool operand = change && (i == PARAM_BUILD || i == PARAM_BASE);
		bool flag = i == PARAM_MALLOC || i == PARAM_CACHE ||
			    i == PARAM_TRACING;

		if (!given[i] || operand || i == PARAM_BRANCH ||
		    !report_find_param(report, (enum query_param)i))
			continue;
		if (flag)
			buffer_printf(b, " --%s", query_params[i].option);
		else
			option(b, query_params[i].option, given[i]);
	}
}

static void add_filter(struct buffer *b, const struct top_level *l)
{
	size_t prefix = !l->leaves && *l->branch ? strlen(l->branch) + 1 : 0;

	if (!*l->filter)
		return;
	buffer_str(b, " | TEXT=");
	quote(b, l->filter);
	buffer_printf(
		b,
		" awk -F'\\t' 'NR == 1 || index(tolower(substr($1, %zu)), tolower(ENVIRON[\"TEXT\"]))'",
		prefix + 1);
}

static void add_command(size_t view, const struct top_part *part,
			const char *const given[PARAM_COUNT], const char *db,
			const struct top_level *l, struct buffer *b)
{
	const char *column = l->sort.by < 0 ? part->key
					    : part->columns[l->sort.by];
	bool change = top_views[view].change;
	struct report report;
	struct err ignored;

	if (report_file(part->report, part->report, &report, &ignored))
		return;
	buffer_str(b, change ? "kmemdb diff " : "kmemdb query ");
	if (change) {
		quote(b, given[PARAM_BASE]);
		buffer_char(b, ' ');
		quote(b, given[PARAM_BUILD]);
		option(b, "by", part->report + strlen("diff/"));
	} else {
		buffer_str(b, part->report);
	}
	if (db)
		option(b, "db", db);
	add_params(b, &report, given, change);
	if (*l->branch)
		option(b, "branch", l->branch);
	if (column)
		buffer_printf(b, " --order-by=%s:%s", column,
			      l->sort.ascending ? "asc" : "desc");
	buffer_printf(b, " --limit=%zu", l->truncated ? TOP_ROWS_MAX : 0);
	if (*l->filter || change)
		option(b, "format", "tsv");
	add_filter(b, l);
	buffer_char(b, '\n');
	report_release(&report);
}

void level_query(size_t view, const char *const given[PARAM_COUNT],
		 const char *db, const struct top_level *l, struct buffer *ret)
{
	const struct top_view *v = &top_views[view];

	if (!l->leaves) {
		add_command(view, &v->branches, given, db, l, ret);
		return;
	}
	for (size_t i = 0; i < TOP_PARTS && v->leaves[i].report; i++)
		if (!i || strcmp(v->leaves[i].report, v->leaves[i - 1].report))
			add_command(view, &v->leaves[i], given, db, l, ret);
}
