/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_output.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "cli/help.h"
#include "render/escape.h"

/* Rows of a table on a terminal, where --limit says nothing. */
#define TERMINAL_LIMIT 20

const char *tables_database(const struct query_words *w)
{
	const char *path = w->given[OPTION_DB];

	if (!path)
		path = getenv("KMEMDB");
	return path && *path ? path : "kmem.db";
}

static bool takes_option(const int *takes, int id)
{
	while (*takes != OPTION_COUNT && *takes != id)
		takes++;
	return *takes != OPTION_COUNT;
}

static int check_options(const char *command, const struct query_words *w,
			 const int *takes, struct err *e)
{
	for (int i = 0; i < OPTION_COUNT; i++) {
		if (w->given[i] && !takes_option(takes, i))
			return err_set(
				e, ERR_USAGE,
				"command '%s' takes no --%s: 'kmemdb %s --help' lists its options",
				command, query_options[i].name, command);
	}
	return 0;
}

int tables_words(int argc, char **argv, const struct table_command *c,
		 struct query_words *ret, struct err *e)
{
	int rc = query_words_read(argc, argv, ret, e);

	/* Tables must know how wide a character is. */
	setlocale(LC_CTYPE, "");
	if (!rc)
		rc = check_options(c->name, ret, c->takes, e);
	if (rc || !ret->given[OPTION_HELP])
		return rc;
	help_tables(c->usage, c->paragraphs, c->takes, stdout);
	return 1;
}

static int read_limit(const char *words, uint64_t *ret, struct err *e)
{
	unsigned long long n;
	char *end;

	errno = 0;
	n = strtoull(words, &end, 10);
	if (*words < '0' || *words > '9' || *end || errno || n > INT64_MAX)
		return err_set(
			e, ERR_USAGE,
			"'%.40s' is no limit: give a number of rows, 0 for all",
			words);
	*ret = n;
	return 0;
}

int tables_read(const struct query_words *w, struct tables *ret, struct err *e)
{
	struct tables t = { .diag_text = BUFFER_INIT };
	const char *format = w->given[OPTION_FORMAT];
	const char *limit = w->given[OPTION_LIMIT];
	int rc = 0;

	t.render.exact = w->given[OPTION_BYTES];
	if (format)
		t.render.format = render_format_find(format);
	if (t.render.format == FORMAT_COUNT)
		return err_set(
			e, ERR_USAGE,
			"no format '%.40s': there are table, csv, tsv, json, md and account",
			format);
	t.limited = limit;
	if (limit)
		rc = read_limit(limit, &t.render.limit, e);
	if (!rc)
		*ret = t;
	return rc;
}

int tables_open(struct tables *t, const char *path, struct err *e)
{
	int rc = output_open(path, &t->out, e);

	if (rc)
		return rc;
	t->render.out = t->out.file;
	t->render.terminal = t->out.terminal;
	t->render.width = t->out.width;
	if (!t->limited && t->out.terminal && t->render.format == FORMAT_TABLE)
		t->render.limit = TERMINAL_LIMIT;
	return 0;
}

void tables_say(struct tables *t, const char *lines)
{
	for (size_t len; *lines; lines += len + (lines[len] == '\n')) {
		len = strcspn(lines, "\n");
		text_for_terminal(&t->diag_text, lines, len);
		buffer_char(&t->diag_text, '\n');
	}
}

/* What is no result, but helps to read it. */
static void remark(struct tables *t, const struct table_words *words,
		   const struct render_result *res)
{
	struct buffer *b = &t->diag_text;
	const char *name = t->named ? words->name : "";
	const char *colon = t->named ? ": " : "";
	const char *empty = *words->empty ? words->empty : "no rows";
	bool heading = t->named && (t->render.format == FORMAT_TABLE ||
				    t->render.format == FORMAT_MD);

	/* Under a heading nothing would look like something lost. */
	if (!res->rows && heading)
		fprintf(t->render.out, "%s%s\n",
			t->render.format == FORMAT_MD ? "\n" : "", empty);
	else if (!res->rows)
		buffer_printf(b, "%s%s%s\n", name, colon, empty);
	if (res->rows > res->shown)
		buffer_printf(
			b,
			"%s%s%llu of %llu rows shown%s; --limit 0 shows all\n",
			name, colon, (unsigned long long)res->shown,
			(unsigned long long)res->rows,
			res->summed ? ", sums are over all" : "");
	if (res->hidden_columns)
		buffer_printf(
			b,
			"%s%s%zu more columns do not fit the terminal; -o FILE or --format csv shows them\n",
			name, colon, res->hidden_columns);
}

/* What stands between two tables, and above each where they are named. */
static void head(const struct tables *t, const struct table_words *words)
{
	FILE *out = t->render.out;

	if (t->named && t->render.format == FORMAT_JSON)
		fprintf(out, "%s\"%s\":", t->count ? "," : "{", words->name);
	else if (t->count && t->render.format != FORMAT_JSON)
		putc('\n', out);
	if (t->named && t->render.format == FORMAT_TABLE)
		fprintf(out, "%s: %s\n", words->name, words->title);
	if (t->named && t->render.format == FORMAT_MD)
		fprintf(out, "### %s: %s\n\n", words->name, words->title);
}

int tables_put(struct tables *t, const struct table_words *words,
	       struct rows *rows, struct err *e)
{
	struct render_result result = { .rows = 0 };
	int rc;

	if (t->reader_closed)
		return 0;
	if (!render_format_fits(t->render.format, rows->columns,
				rows->ncolumns))
		return err_set(
			e, ERR_USAGE,
			"--format account does not fit these columns: 'kmemdb query accounting' has it");
	head(t, words);
	rc = render_rows(rows, &t->render, &result, e);
	t->count++;
	if (result.broken_pipe) {
		t->reader_closed = true;
		return 0;
	}
	if (!rc)
		remark(t, words, &result);
	return rc;
}

static void diag_text(struct tables *t)
{
	if (!t->reader_closed && !t->diag_text.failed && t->diag_text.len)
		fwrite(t->diag_text.at, 1, t->diag_text.len, stderr);
	buffer_clear(&t->diag_text);
}

void tables_flush(struct tables *t)
{
	errno = 0;
	/* Other failures are asked for once, at the end. */
	if (!t->out.path && fflush(t->out.file) != 0 && errno == EPIPE)
		t->reader_closed = true;
	diag_text(t);
}

int tables_close(struct tables *t, struct err *e)
{
	int rc = 0;

	if (t->reader_closed) {
		tables_drop(t);
		return 0;
	}
	if (t->named && t->render.format == FORMAT_JSON)
		fputs(t->count ? "}\n" : "{}\n", t->render.out);
	rc = output_commit(&t->out, e);
	if (!rc)
		diag_text(t);
	buffer_release(&t->diag_text);
	return rc;
}

void tables_drop(struct tables *t)
{
	output_discard(&t->out);
	buffer_release(&t->diag_text);
}
