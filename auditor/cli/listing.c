/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/listing.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli/help.h"
#include "cli/help_parts.h"
#include "query/catalogue.h"
#include "query/schema_text.h"
#include "render/output.h"
#include "support/sql_files.h"
#include "support/version.h"

/* A number's values, as LEAST..MOST; "" where anything goes. */
static const char *values_of(const struct option_info *o, char *ret,
			     size_t size)
{
	if (o->values)
		return o->values;
	if (!o->most)
		return "";
	snprintf(ret, size, "%" PRIu64 "..%" PRIu64, o->least, o->most);
	return ret;
}

static void list_option(FILE *out, const char *command,
			const struct option_info *o)
{
	const char letter[2] = { o->letter, '\0' };
	char values[48];

	fprintf(out, "option\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", command, o->name,
		letter, o->argument ? o->argument : "",
		values_of(o, values, sizeof(values)), o->help,
		value_kind_name(o->kind));
}

static void list_command(FILE *out, const struct command_info *c)
{
	char line[800];

	for (size_t n = 0; help_usage_line(c, n, line, sizeof(line)); n++)
		fprintf(out, "usage\t%s\t%s\n", c->name, line);
	for (const char *const *p = c->paragraphs; *p; p++)
		fprintf(out, "text\t%s\t%s\n", c->name, *p);
	if (help_own_reports(c, line, sizeof(line)))
		fprintf(out, "text\t%s\t%s\n", c->name, line);
	for (size_t i = 0; i < OPERANDS_MAX && c->operands[i].name; i++) {
		const struct operand_info *o = &c->operands[i];
		const char *count = o->missing ? (o->many ? "+" : "1")
					       : (o->many ? "*" : "?");

		fprintf(out, "operand\t%s\t%s\t%s\t%s\t%s\n", c->name, o->name,
			o->values ? o->values : "", value_kind_name(o->kind),
			count);
	}
	for (int id = 0; id < OPTION_COUNT; id++) {
		if (command_takes(c, id))
			list_option(out, c->name, &option_table[id]);
	}
	fprintf(out, "exit\t%s\t0\tdone\n", c->name);
	for (const struct exit_info *x = c->exits; x->when; x++)
		fprintf(out, "exit\t%s\t%d\t%s\n", c->name, x->code, x->when);
}

/* Each line of text, as a record of its own. */
static void list_lines(FILE *out, const char *kind, const char *name,
		       const char *text)
{
	while (*text) {
		int len = (int)strcspn(text, "\n");

		fprintf(out, "%s\t%s\t%.*s\n", kind, name, len, text);
		text += len + (text[len] == '\n');
	}
}

static void list_report(FILE *out, const struct report *r)
{
	char words[HELP_WORDS_MAX], values[48];

	fprintf(out, "report\t%s\t%s\t%s\t%s %s\n", r->name, r->title,
		report_group_name(r->group), r->see[0], r->see[1]);
	list_lines(out, "about", r->name, r->text);
	for (size_t i = 0; i < r->nparams; i++) {
		const struct option_info *o = &option_table[r->params[i].id];

		help_param_words(&r->params[i], words);
		fprintf(out, "param\t%s\t%s\t%s\t%s\t%s\t%s\n", r->name,
			o->name, o->argument ? o->argument : "",
			values_of(o, values, sizeof(values)), words,
			value_kind_name(o->kind));
	}
	for (size_t i = 0; i < r->ncolumns; i++) {
		const struct column *c = &r->columns[i];

		fprintf(out, "column\t%s\t%s\t%s\t%s\t%s\t%s\n", r->name,
			c->name, column_unit_name(c->unit), c->sum ? "sum" : "",
			c->help, c->wide ? "wide" : "");
	}
	list_lines(out, "order", r->name, r->order);
}

int listing_print(struct err *e)
{
	const struct sql_file *at = sql_files;
	struct catalogue reports;
	struct view_title v;
	struct output o;
	int rc = catalogue_read(&reports, e);

	if (rc)
		return rc;
	rc = output_open(NULL, &o, e);
	if (rc) {
		catalogue_release(&reports);
		return rc;
	}
	fprintf(o.file, "format\t1\nprogram\t%s\t%s\n", KMEMDB_VERSION,
		program_row.summary);
	list_command(o.file, &program_row);
	for (const struct command_info *c = command_table; c->name; c++) {
		fprintf(o.file, "command\t%s\t%s\n", c->name, c->summary);
		list_command(o.file, c);
	}
	for (int g = REPORT_STATIC; g < REPORT_GROUP_COUNT; g++)
		fprintf(o.file, "group\t%s\t%s\n",
			report_group_name((enum report_group)g),
			report_group_title((enum report_group)g));
	for (size_t i = 0; i < reports.nreports; i++)
		list_report(o.file, &reports.reports[i]);
	while (schema_next(&at, &v))
		fprintf(o.file, "view\t%.*s\t%.*s\n", v.name_len, v.name,
			v.title_len, v.title);
	fprintf(o.file, "numbers\t%s\n", help_numbers);
	catalogue_release(&reports);
	return output_commit(&o, e);
}
