/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help.h"

#include <stdbool.h>
#include <string.h>

/* Lines are broken before this column. */
#define WIDTH 79

/* Prints words from column indent on; the line stands at column at. */
static void fill(FILE *out, const char *words, int at, int indent)
{
	bool first = true;

	for (; at < indent; at++)
		putc(' ', out);
	while (*words) {
		int n = (int)strcspn(words, " \n");

		if (!first && at + 1 + n > WIDTH) {
			fprintf(out, "\n%*s", indent, "");
			at = indent;
			first = true;
		}
		fprintf(out, "%s%.*s", first ? "" : " ", n, words);
		at += n + !first;
		first = false;
		words += n;
		words += strspn(words, " \n");
	}
	putc('\n', out);
}

/* "  left    right words", on two lines where left is long. */
static void pair(FILE *out, const char *left, int width, const char *right)
{
	int at = fprintf(out, "  %s", left);

	if (at > width + 2) {
		putc('\n', out);
		at = 0;
	}
	fill(out, right, at, width + 4);
}

static void option(FILE *out, int id, const char *help)
{
	const struct query_option_info *o = &query_options[id];
	char left[64];

	if (o->letter)
		snprintf(left, sizeof(left), "-%c, --%s%s%s", o->letter,
			 o->name, o->argument ? " " : "",
			 o->argument ? o->argument : "");
	else
		snprintf(left, sizeof(left), "--%s%s%s", o->name,
			 o->argument ? " " : "",
			 o->argument ? o->argument : "");
	pair(out, left, 18, help && *help ? help : o->help);
}

/* What the numbers of tables look like: the same words everywhere. */
static void terms(FILE *out)
{
	fputs("\nNumbers:\n", out);
	fill(out,
	     "A table (and md) shows bytes of 10,000 and more in units of 1024: 1.2M is 1.2 * 1024 * 1024 bytes; --bytes shows them all exactly. csv, tsv and json always hold exact numbers. The line of sums covers all rows, also those that --limit does not show.",
	     0, 2);
}

/* What a statement of the user may say, and which options that gives it. */
static void own_reports(FILE *out)
{
	char words[700];
	size_t used = 0;

	used = (size_t)snprintf(
		words, sizeof(words),
		"A FILE of your own holds one query over the views ('kmemdb sql .schema' documents them). It takes the options whose variables it names:");
	for (int i = 0; i < PARAM_COUNT && used < sizeof(words); i++)
		used += (size_t)snprintf(words + used, sizeof(words) - used,
					 "%s :%s is --%s", i ? "," : "",
					 query_options[i].variable,
					 query_options[i].name);
	if (used < sizeof(words))
		snprintf(
			words + used, sizeof(words) - used,
			". A head of comments as in the built-in reports gives it a title, units and sums.");
	putc('\n', out);
	fill(out, words, 0, 0);
}

void help_command(FILE *out)
{
	fputs("Usage: kmemdb query [options] REPORT\n"
	      "       kmemdb query [options] --file FILE\n"
	      "       kmemdb query REPORT --help\n"
	      "       kmemdb query\n\n",
	      out);
	fill(out,
	     "Runs a canned report over the database; alone, lists the reports. REPORT --help tells what its columns mean.",
	     0, 0);
	own_reports(out);
	fputs("\nParameters, for the reports that take them:\n", out);
	for (int i = 0; i < PARAM_COUNT; i++)
		option(out, i, NULL);
	fputs("\nOptions:\n", out);
	for (int i = PARAM_COUNT; i < OPTION_COUNT; i++)
		option(out, i, NULL);
	terms(out);
}

void help_tables(const char *usage, const char *const *paragraphs,
		 const int *takes, FILE *out)
{
	fputs(usage, out);
	for (; *paragraphs; paragraphs++) {
		putc('\n', out);
		fill(out, *paragraphs, 0, 0);
	}
	fputs("\nOptions:\n", out);
	for (; *takes != OPTION_COUNT; takes++)
		option(out, *takes, NULL);
	terms(out);
}

void help_list(const struct catalogue *c, FILE *out)
{
	int width = 0;

	for (size_t i = 0; i < c->nreports; i++) {
		int n = (int)strlen(c->reports[i].name);

		width = n > width ? n : width;
	}
	for (size_t i = 0; i < c->nreports; i++)
		fprintf(out, "%-*s  %s\n", width, c->reports[i].name,
			c->reports[i].title);
}

/* What the report says of a parameter, and the default that holds in it. */
static void parameter(FILE *out, const struct report_param *p)
{
	const struct query_option_info *o = &query_options[p->id];
	const char *value = p->fallback ? p->fallback : o->fallback;
	char words[512];

	snprintf(words, sizeof(words), "%s%s%s", *p->help ? p->help : o->help,
		 value && *value ? "; default: " : "", value ? value : "");
	option(out, (int)p->id, words);
}

static void column(FILE *out, const struct column *c, int width)
{
	char left[96];

	snprintf(left, sizeof(left), "%-*s  %-7s", width, c->name,
		 column_unit_name(c->unit));
	pair(out, left, width + 9, c->help);
}

static void columns(FILE *out, const struct report *r)
{
	int width = 0;

	for (size_t i = 0; i < r->ncolumns; i++) {
		int n = (int)strlen(r->columns[i].name);

		width = n > width ? n : width;
	}
	if (r->ncolumns)
		fputs("\nColumns:\n", out);
	for (size_t i = 0; i < r->ncolumns; i++)
		column(out, &r->columns[i], width);
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

void help_report(const struct report *r, FILE *out)
{
	if (r->builtin)
		fprintf(out, "Usage: kmemdb query [options] %s\n\n", r->name);
	else
		fprintf(out, "Usage: kmemdb query [options] --file %s\n\n",
			r->name);
	fprintf(out, "%s\n", r->title);
	if (*r->text) {
		putc('\n', out);
		fill(out, r->text, 0, 0);
	}
	if (r->nparams)
		fputs("\nParameters:\n", out);
	for (size_t i = 0; i < r->nparams; i++)
		parameter(out, &r->params[i]);
	fputs("\nOptions:\n", out);
	for (int i = PARAM_COUNT; i < OPTION_COUNT; i++) {
		if (i != OPTION_FILE || !r->builtin)
			option(out, i, NULL);
	}
	columns(out, r);
	sums(out, r);
	if (*r->order)
		fprintf(out, "\nSorted by: %s\n", r->order);
	terms(out);
}
