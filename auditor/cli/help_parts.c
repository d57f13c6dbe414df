/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/help_parts.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

/* Lines are broken before this column. */
#define WIDTH 79

/* Prints words from column indent on; the line is at column at. */
void help_fill(FILE *out, const char *words, int at, int indent)
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
void help_pair(FILE *out, const char *left, int width, const char *right)
{
	int at = fprintf(out, "  %s", left);

	if (at > width + 2) {
		putc('\n', out);
		at = 0;
	}
	help_fill(out, right, at, width + 4);
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

void help_option(FILE *out, const struct option_info *o, const char *help)
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
	help_pair(out, left, 18, help);
}

/* The options from id first up to end that the command takes; report is NULL,
 * or what runs. */
void help_options(FILE *out, const struct command_info *c, int first, int end,
		  const struct report *report)
{
	char words[HELP_WORDS_MAX];

	for (int id = first; id < end; id++) {
		const struct option_info *o = &option_table[id];

		if (!command_takes(c, id) ||
		    (id == OPTION_FILE && report && report->builtin))
			continue;
		help_option_words(o, o->help, words);
		help_option(out, o, words);
	}
}

/* What the numbers of tables look like: the same words everywhere. */
const char help_numbers[] =
	"A table (and md) shows bytes of 10,000 and more in units of 1024: 1.2M is 1.2 * 1024 * 1024 bytes; --bytes shows them all exactly. csv, tsv, json and jsonl have exact numbers. The line of sums covers all rows, also those that --limit does not show.";

void help_terms(FILE *out)
{
	fputs("\nNumbers:\n", out);
	help_fill(out, help_numbers, 0, 2);
}
