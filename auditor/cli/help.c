/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "render/output.h"

/* Lines are broken before this column. */
#define WIDTH 79

/* Prints words from column indent on; the line is at column at. */
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

void help_option_words(const struct option_info *o, const char *help,
		       char ret[HELP_WORDS_MAX])
{
	char values[200];

	if (o->values) {
		values_in_words(o->values, values, sizeof(values));
		snprintf(ret, HELP_WORDS_MAX, "%s; one of %s", help, values);
	} else if (o->most && o->most != INT64_MAX) {
		snprintf(ret, HELP_WORDS_MAX,
			 "%s; from %" PRIu64 " to %" PRIu64, help, o->least,
			 o->most);
	} else {
		snprintf(ret, HELP_WORDS_MAX, "%s", help);
	}
}

/* What the report says of a parameter, and the default that holds in it. */
void help_param_words(const struct report_param *p, char ret[HELP_WORDS_MAX])
{
	const struct option_info *o = &option_table[p->id];
	const char *value = p->fallback ? p->fallback
					: query_params[p->id].fallback;

	snprintf(ret, HELP_WORDS_MAX, "%s%s%s", *p->help ? p->help : o->help,
		 value && *value ? "; default: " : "", value ? value : "");
}

static void option(FILE *out, const struct option_info *o, const char *help)
{
	const char *blank = o->argument ? " " : "";
	const char *argument = o->argument ? o->argument : "";
	char left[64];

	if (o->letter)
		snprintf(left, sizeof(left), "-%c, --%s%s%s", o->letter,
			 o->name, blank, argument);
	else
		snprintf(left, sizeof(left), "--%s%s%s", o->name, blank,
			 argument);
	pair(out, left, 18, help);
}

/* The options from id first up to end that the command takes; report is NULL,
 * or what runs. */
static void options(FILE *out, const struct command_info *c, int first, int end,
		    const struct report *report)
{
	char words[HELP_WORDS_MAX];

	for (int id = first; id < end; id++) {
		const struct option_info *o = &option_table[id];

		if (!command_takes(c, id) ||
		    (id == OPTION_FILE && report && report->builtin))
			continue;
		help_option_words(o, o->help, words);
		option(out, o, words);
	}
}

/* What the numbers of tables look like: the same words everywhere. */
const char help_numbers[] =
	"A table (and md) shows bytes of 10,000 and more in units of 1024: 1.2M is 1.2 * 1024 * 1024 bytes; --bytes shows them all exactly. csv, tsv, json and jsonl have exact numbers. The line of sums covers all rows, also those that --limit does not show.";

static void terms(FILE *out)
{
	fputs("\nNumbers:\n", out);
	fill(out, help_numbers, 0, 2);
}

/* What a statement of the user may say, and which options that gives it. */
bool help_own_reports(const struct command_info *c, char *ret, size_t size)
{
	size_t used;

	if (!command_takes(c, OPTION_FILE))
		return false;
	used = (size_t)snprintf(
		ret, size,
		"A FILE of your own holds one query over the views ('kmemdb sql .schema' documents them). It takes the options whose variables it names:");
	for (int i = 0; i < PARAM_COUNT && used < size; i++)
		used += (size_t)snprintf(ret + used, size - used,
					 "%s :%s is --%s", i ? "," : "",
					 query_params[i].variable,
					 query_params[i].option);
	if (used < size)
		snprintf(
			ret + used, size - used,
			". A head of comments as in the built-in reports gives it a title, units and sums.");
	return true;
}

bool help_usage_line(const struct command_info *c, size_t n, char *ret,
		     size_t size)
{
	char words[COMMAND_WORDS_MAX];
	size_t used;

	command_words(c, words);
	if (n) {
		for (size_t i = 0; c->more_usage && c->more_usage[i]; i++) {
			if (i + 1 != n)
				continue;
			snprintf(ret, size, "%s %s", words, c->more_usage[i]);
			return true;
		}
		return false;
	}
	used = (size_t)snprintf(ret, size, "%s%s", words,
				*c->name ? " [OPTION]..." : "");
	for (size_t i = 0; i < OPERANDS_MAX && c->operands[i].name; i++) {
		const struct operand_info *o = &c->operands[i];
		bool needed = o->missing || !*c->name;

		if (used < size)
			used += (size_t)snprintf(ret + used, size - used,
						 " %s%s%s%s", needed ? "" : "[",
						 o->name, needed ? "" : "]",
						 o->many && *c->name ? "..."
								     : "");
	}
	if (!*c->name && used < size)
		snprintf(ret + used, size - used, " [OPTION]...");
	return true;
}

static void usage_lines(FILE *out, const struct command_info *c)
{
	char line[200];

	for (size_t n = 0; help_usage_line(c, n, line, sizeof(line)); n++)
		fprintf(out, "%s %s\n", n ? "      " : "Usage:", line);
}

static void operand_values(FILE *out, const struct command_info *c)
{
	char values[200], words[300];

	for (size_t i = 0; i < OPERANDS_MAX && c->operands[i].name; i++) {
		const struct operand_info *o = &c->operands[i];

		if (!o->values)
			continue;
		values_in_words(o->values, values, sizeof(values));
		snprintf(words, sizeof(words), "%s is %s.", o->name, values);
		putc('\n', out);
		fill(out, words, 0, 0);
	}
}

static void exits(FILE *out, const struct command_info *c)
{
	const struct exit_info *x = c->exits;
	char code[12];

	fputs("\nExit status:\n", out);
	pair(out, "0", 2, "done");
	for (; x->when; x++) {
		snprintf(code, sizeof(code), "%d", x->code);
		pair(out, code, 2, x->when);
	}
}

void help_program(FILE *out)
{
	int width = 0;

	usage_lines(out, &program_row);
	putc('\n', out);
	fill(out, program_row.paragraphs[0], 0, 0);
	fputs("\nCommands:\n", out);
	for (const struct command_info *c = command_table; c->name; c++) {
		int n = (int)strlen(c->name);

		width = n > width ? n : width;
	}
	for (const struct command_info *c = command_table; c->name; c++)
		pair(out, c->name, width, c->summary);
	fputs("\nOptions:\n", out);
	options(out, &program_row, 0, OPTION_COUNT, NULL);
	exits(out, &program_row);
	fputs("\nkmemdb COMMAND --help says more.  Database: --db FILE, else $KMEMDB, else\nkmem.db.\n",
	      out);
}

void help_command(const struct command_info *c, FILE *out)
{
	char words[800];

	usage_lines(out, c);
	for (const char *const *p = c->paragraphs; *p; p++) {
		putc('\n', out);
		fill(out, *p, 0, 0);
	}
	operand_values(out, c);
	if (help_own_reports(c, words, sizeof(words))) {
		putc('\n', out);
		fill(out, words, 0, 0);
	}
	if (c->params) {
		fputs("\nParameters, for the reports that take them:\n", out);
		options(out, c, 0, PARAM_COUNT, NULL);
	}
	fputs("\nOptions:\n", out);
	options(out, c, c->params ? PARAM_COUNT : 0, OPTION_COUNT, NULL);
	if (command_takes(c, OPTION_BYTES))
		terms(out);
	exits(out, c);
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

void help_report(const struct command_info *c, const struct report *r,
		 FILE *out)
{
	char words[COMMAND_WORDS_MAX], help[HELP_WORDS_MAX];

	fprintf(out, "Usage: %s [OPTION]... %s%s\n\n%s\n",
		command_words(c, words), r->builtin ? "" : "--file ", r->name,
		r->title);
	if (*r->text) {
		putc('\n', out);
		fill(out, r->text, 0, 0);
	}
	if (r->nparams)
		fputs("\nParameters:\n", out);
	for (size_t i = 0; i < r->nparams; i++) {
		help_param_words(&r->params[i], help);
		option(out, &option_table[r->params[i].id], help);
	}
	fputs("\nOptions:\n", out);
	options(out, c, PARAM_COUNT, OPTION_COUNT, r);
	columns(out, r);
	sums(out, r);
	if (*r->order)
		fprintf(out, "\nSorted by: %s\n", r->order);
	terms(out);
}

void help_check(const struct report *r, FILE *out)
{
	const struct report_param *above = report_find_param(r, PARAM_ABOVE);
	char help[HELP_WORDS_MAX];

	fprintf(out, "check %s%s [warn]\n\n%s\n\n", r->name,
		above ? " [SIZE]" : "", r->title);
	fill(out, r->text, 0, 0);
	if (above) {
		help_param_words(above, help);
		putc('\n', out);
		pair(out, "SIZE", 4, help);
	}
	columns(out, r);
}

static int help_of_report(const struct args *a, FILE *out, struct err *e)
{
	struct report own = { .name = NULL };
	const struct report *r = &own;
	struct catalogue c;
	int rc = catalogue_read(&c, e);

	if (rc)
		return rc;
	if (a->given[OPTION_FILE])
		rc = catalogue_load(a->given[OPTION_FILE], &own, e);
	else
		rc = catalogue_find(&c, args_operand(a), &r, e);
	if (!rc)
		help_report(a->command, r, out);
	report_release(&own);
	catalogue_release(&c);
	return rc;
}

int help_for(const struct args *a, struct err *e)
{
	const struct command_info *c = a->command;
	bool report = a->given[OPTION_FILE] ||
		      (c->operands[0].kind == VALUE_REPORT && a->noperands);
	struct output o;
	int rc = output_open(NULL, &o, e);

	if (rc)
		return rc;
	if (report)
		rc = help_of_report(a, o.file, e);
	else if (*c->name)
		help_command(c, o.file);
	else
		help_program(o.file);
	if (!rc)
		return output_commit(&o, e);
	output_discard(&o);
	return rc;
}
