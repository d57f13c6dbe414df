/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help_report.h"

#include <stdbool.h>
#include <string.h>

#include "cli/help_parts.h"

static int name_width(const struct catalogue *c)
{
	int width = 0;

	for (size_t i = 0; i < c->nreports; i++) {
		int n = (int)strlen(c->reports[i].name);

		width = n > width ? n : width;
	}
	return width;
}

static void list_group(const struct catalogue *c, enum report_group group,
		       const char **blank, FILE *out)
{
	int width = name_width(c);
	bool any = false;

	for (size_t i = 0; i < c->nreports; i++) {
		const struct report *r = &c->reports[i];
		bool grouped = r->group != REPORT_NO_GROUP;

		if (r->group != group)
			continue;
		if (grouped && !any)
			fprintf(out, "%s%s\n", *blank,
				report_group_title(group));
		fprintf(out, "%s%-*s  %s\n", grouped ? "  " : "", width,
			r->name, r->title);
		any = true;
	}
	if (any)
		*blank = "\n";
}

void help_list(const struct catalogue *c, FILE *out)
{
	const char *blank = "";

	for (int g = REPORT_NO_GROUP; g < REPORT_GROUP_COUNT; g++)
		list_group(c, (enum report_group)g, &blank, out);
}

static void column(FILE *out, const struct column *c, int width)
{
	char left[96];

	snprintf(left, sizeof(left), "%-*s  %-7s", width, c->name,
		 column_unit_name(c->unit));
	help_pair(out, left, width + 9, c->help);
}

static void columns(FILE *out, const struct report *r)
{
	bool any = false;
	int width = 0;

	for (size_t i = 0; i < r->ncolumns; i++) {
		int n = (int)strlen(r->columns[i].name);

		width = n > width ? n : width;
	}
	if (r->ncolumns)
		fputs("\nColumns:\n", out);
	for (size_t i = 0; i < r->ncolumns; i++) {
		if (!r->columns[i].wide)
			column(out, &r->columns[i], width);
	}
	for (size_t i = 0; i < r->ncolumns; i++) {
		if (!r->columns[i].wide)
			continue;
		if (!any)
			fputs("\nIn tables and md with --wide:\n", out);
		any = true;
		column(out, &r->columns[i], width);
	}
}

/* What to look at next. */
static void see_also(FILE *out, const struct catalogue *c,
		     const struct report *r)
{
	const char *nearest;

	if (!r->see[0])
		return;
	fputs("\nSee also:\n", out);
	for (size_t i = 0; i < REPORT_SEE_MAX; i++) {
		const struct report *other = catalogue_get(c, r->see[i],
							   &nearest);

		help_pair(out, r->see[i], name_width(c),
			  other ? other->title : "");
	}
}

static void sums(FILE *out, const struct report *r)
{
	bool any = false;

	for (size_t i = 0; i < r->ncolumns; i++) {
		if (!r->columns[i].sum)
			continue;
		fprintf(out, "%s%s",
			any ? ", " : "\nSummed: ", r->columns[i].name);
		any = true;
	}
	if (any)
		putc('\n', out);
}

void help_report(const struct command_info *c, const struct catalogue *all,
		 const struct report *r, FILE *out)
{
	char words[COMMAND_WORDS_MAX], help[HELP_WORDS_MAX];

	fprintf(out, "Usage: %s [OPTION]... %s%s\n\n%s\n",
		command_words(c, words), r->builtin ? "" : "--file ", r->name,
		r->title);
	if (*r->text) {
		putc('\n', out);
		help_fill(out, r->text, 0, 0);
	}
	if (r->nparams)
		fputs("\nParameters:\n", out);
	for (size_t i = 0; i < r->nparams; i++) {
		help_param_words(&r->params[i], help);
		help_option(out, &option_table[r->params[i].id], help);
	}
	fputs("\nOptions:\n", out);
	help_options(out, c, PARAM_COUNT, OPTION_COUNT, r);
	columns(out, r);
	sums(out, r);
	if (*r->order)
		fprintf(out, "\nSorted by: %s\n", r->order);
	see_also(out, all, r);
	help_terms(out);
}

void help_check(const struct report *r, FILE *out)
{
	const struct report_param *above = report_find_param(r, PARAM_ABOVE);
	char help[HELP_WORDS_MAX];

	fprintf(out, "check %s%s [warn]\n\n%s\n\n", r->name,
		above ? " [SIZE]" : "", r->title);
	help_fill(out, r->text, 0, 0);
	if (above) {
		help_param_words(above, help);
		putc('\n', out);
		help_pair(out, "SIZE", 4, help);
	}
	columns(out, r);
}
