/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help.h"

#include <stdbool.h>
#include <string.h>

#include "cli/help_parts.h"
#include "cli/help_report.h"
#include "query/catalogue.h"
#include "render/output.h"

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
		help_fill(out, words, 0, 0);
	}
}

static void exits(FILE *out, const struct command_info *c)
{
	const struct exit_info *x = c->exits;
	char code[12];

	fputs("\nExit status:\n", out);
	help_pair(out, "0", 2, "done");
	for (; x->when; x++) {
		snprintf(code, sizeof(code), "%d", x->code);
		help_pair(out, code, 2, x->when);
	}
}

void help_program(FILE *out)
{
	int width = 0;

	usage_lines(out, &program_row);
	putc('\n', out);
	help_fill(out, program_row.paragraphs[0], 0, 0);
	fputs("\nCommands:\n", out);
	for (const struct command_info *c = command_table; c->name; c++) {
		int n = (int)strlen(c->name);

		width = n > width ? n : width;
	}
	for (const struct command_info *c = command_table; c->name; c++)
		help_pair(out, c->name, width, c->summary);
	fputs("\nOptions:\n", out);
	help_options(out, &program_row, 0, OPTION_COUNT, NULL);
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
		help_fill(out, *p, 0, 0);
	}
	operand_values(out, c);
	if (help_own_reports(c, words, sizeof(words))) {
		putc('\n', out);
		help_fill(out, words, 0, 0);
	}
	if (c->params) {
		fputs("\nParameters, for the reports that take them:\n", out);
		help_options(out, c, 0, PARAM_COUNT, NULL);
	}
	fputs("\nOptions:\n", out);
	help_options(out, c, c->params ? PARAM_COUNT : 0, OPTION_COUNT, NULL);
	if (command_takes(c, OPTION_BYTES))
		help_terms(out);
	exits(out, c);
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
		help_report(a->command, &c, r, out);
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
