/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report_output.h"

#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/interrupt.h"
#include "query/demangle.h"
#include "render/bar.h"
#include "render/escape.h"

/* Rows of a table on a terminal, where --limit says nothing. */
#define TERMINAL_LIMIT 20

static void read_demangle(const struct args *a, struct tables *t)
{
	const char *word = a->given[OPTION_DEMANGLE];
	bool people = t->render.format == FORMAT_TABLE ||
		      t->render.format == FORMAT_MD;
	bool always = word && strcmp(word, "yes") == 0;

	t->demangle = word && strcmp(word, "no") == 0 ? false
						      : people || always;
	t->as_column = !people;
	/* Its columns are a contract of other programs. */
	if (t->render.format == FORMAT_ACCOUNT)
		t->demangle = false;
}

static void read_bars(const struct args *a, struct tables *t)
{
	const char *word = a->given[OPTION_BARS];

	t->bars = !word || strcmp(word, "auto") == 0 ? TABLES_BARS_AUTO
		  : strcmp(word, "always") == 0	     ? TABLES_BARS_ALWAYS
						     : TABLES_BARS_NEVER;
}

/* From --format, --limit and --bytes. */
static int read_options(const struct args *a, struct tables *t, struct err *e)
{
	const char *format = a->given[OPTION_REPORT_FORMAT];

	if (!format)
		format = a->given[OPTION_FORMAT];
	if (!format)
		format = a->given[OPTION_CHECK_FORMAT];
	/* That has no rows: its command writes it itself. */
	if (format && strcmp(format, "junit") == 0)
		format = NULL;
	t->render.exact = a->given[OPTION_BYTES];
	t->render.wide = a->given[OPTION_WIDE];
	t->render.width = args_number(a, OPTION_WIDTH, 0);
	if (format)
		t->render.format = render_format_find(format);
	if (t->render.format == FORMAT_COUNT)
		return args_usage(a, e, "no format '%.40s'", format);
	read_demangle(a, t);
	read_bars(a, t);
	t->limited = a->given[OPTION_LIMIT];
	t->render.limit = args_number(a, OPTION_LIMIT, 0);
	return 0;
}

static bool same_file(const char *output, const char *other)
{
	struct stat a, b;

	return stat(output, &a) == 0 && stat(other, &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Would the file beside the database be what SQLite takes for its journal? */
static bool is_journal(const char *output, const char *database)
{
	static const char *const suffixes[] = { "-journal", "-wal", "-shm" };
	const char *slash = strrchr(output, '/');
	const char *name = slash ? slash + 1 : output;
	char dir[PATH_MAX], *file = realpath(database, NULL);
	char *base = file ? strrchr(file, '/') : NULL;
	bool yes = false;

	snprintf(dir, sizeof(dir), "%.*s", slash ? (int)(name - output) : 1,
		 slash ? output : ".");
	if (base)
		*base++ = '\0';
	if (base && same_file(dir, *file ? file : "/") &&
	    strncmp(name, base, strlen(base)) == 0)
		for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes);
		     i++)
			yes |= strcmp(name + strlen(base), suffixes[i]) == 0;
	free(file);
	return yes;
}

/* Whoever writes the result over the database has lost it. */
static int check_output(const char *output, const char *database, struct err *e)
{
	if (!output)
		return 0;
	if (is_journal(output, database))
		return err_set(
			e, ERR_USAGE,
			"'%.200s' is where the database's journal belongs: name another file with -o",
			output);
	if (!same_file(output, database))
		return 0;
	return err_set(
		e, ERR_USAGE,
		"'%.200s' is the database itself: name another file with -o",
		output);
}

static int open_output(struct tables *t, const char *path, struct err *e)
{
	int rc = output_open(path, &t->out, e);

	if (rc)
		return rc;
	t->render.out = t->out.file;
	t->render.terminal = t->out.terminal;
	if (!t->render.width && !t->render.wide && t->out.terminal)
		t->render.width = t->out.width;
	if (t->bars == TABLES_BARS_AUTO)
		t->render.bars = t->out.terminal && bar_blocks();
	else
		t->render.bars = t->bars == TABLES_BARS_ALWAYS;
	if (!t->limited && t->out.terminal && t->render.format == FORMAT_TABLE)
		t->render.limit = TERMINAL_LIMIT;
	return 0;
}

void tables_diag(struct tables *t, const char *lines)
{
	for (size_t len; *lines; lines += len + (lines[len] == '\n')) {
		len = strcspn(lines, "\n");
		text_for_terminal(&t->diag_text, lines, len);
		buffer_char(&t->diag_text, '\n');
	}
}

/* Which columns the table is without. */
static void add_columns_diag(struct tables *t, const char *name,
			     const struct render_result *res)
{
	struct buffer *b = &t->diag_text;
	const char *colon = *name ? ": " : "";

	if (res->hidden_columns)
		buffer_printf(
			b,
			"%s%s%zu column%s too many for a width of %zu: --wide and --format csv have all\n",
			name, colon, res->hidden_columns,
			res->hidden_columns == 1 ? "" : "s", t->render.width);
	if (res->wide_columns)
		buffer_printf(b, "%s%s%zu more column%s with --wide\n", name,
			      colon, res->wide_columns,
			      res->wide_columns == 1 ? "" : "s");
	if (*res->empty_columns)
		buffer_printf(b, "%s%s0 or empty in every row: %s\n", name,
			      colon, res->empty_columns);
}

/* What is no result, but helps to read it. */
static void add_diag(struct tables *t, const struct table_rows *table,
		     const struct render_result *res)
{
	struct buffer *b = &t->diag_text;
	const char *name = t->named ? table->name : "";
	const char *colon = t->named ? ": " : "";
	const char *empty = *table->empty ? table->empty : "no rows";
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
	add_columns_diag(t, name, res);
}

/* What is between two tables, and above each where they are named. */
static void head(const struct tables *t, const struct table_rows *table)
{
	FILE *out = t->render.out;

	if (t->named && t->render.format == FORMAT_JSON)
		fprintf(out, "%s\"%s\":", t->count ? "," : "{", table->name);
	else if (t->count && t->render.format != FORMAT_JSON &&
		 t->render.format != FORMAT_JSONL)
		putc('\n', out);
	if (t->named && t->render.format == FORMAT_TABLE)
		fprintf(out, "%s: %s\n", table->name, table->title);
	if (t->named && t->render.format == FORMAT_MD)
		fprintf(out, "### %s: %s\n\n", table->name, table->title);
}

static int render(struct tables *t, struct rows *rows,
		  struct render_result *result, struct err *e)
{
	struct demangled_rows d;
	int rc;

	if (!t->demangle)
		return render_rows(rows, &t->render, result, e);
	rc = demangled_rows_init(&d, rows, t->as_column, e);
	if (rc == 0) {
		rc = render_rows(&d.rows, &t->render, result, e);
		demangled_rows_release(&d);
	}
	return rc;
}

int tables_put(struct tables *t, const struct table_rows *table, struct err *e)
{
	struct rows *rows = table->rows;
	struct render_result result = { .rows = 0 };
	int rc;

	if (t->reader_closed)
		return 0;
	if (!render_format_fits(t->render.format, rows->columns,
				rows->ncolumns))
		return err_set(
			e, ERR_USAGE,
			"--format account does not fit these columns: 'kmemdb query accounting' has it");
	t->render.table = t->named ? table->name : NULL;
	head(t, table);
	rc = render(t, rows, &result, e);
	t->count++;
	if (result.broken_pipe) {
		t->reader_closed = true;
		return 0;
	}
	if (!rc)
		add_diag(t, table, &result);
	return rc;
}

static void flush_diag(struct tables *t)
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
	flush_diag(t);
}

static void drop_output(struct tables *t)
{
	output_discard(&t->out);
	buffer_release(&t->diag_text);
}

static int close_output(struct tables *t, struct err *e)
{
	int rc = 0;

	if (t->reader_closed) {
		drop_output(t);
		return 0;
	}
	if (t->named && t->render.format == FORMAT_JSON)
		fputs(t->count ? "}\n" : "{}\n", t->render.out);
	rc = output_commit(&t->out, e);
	if (!rc)
		flush_diag(t);
	buffer_release(&t->diag_text);
	return rc;
}

int tables_put_each(struct tables *t, tables_next *next, void *ctx,
		    struct err *e)
{
	struct table_rows table;
	int rc;

	while ((rc = next(ctx, &table, e)) == 1) {
		rc = tables_put(t, &table, e);
		table.end(table.rows);
		if (rc)
			return rc;
	}
	return rc;
}

static int run_job(const struct args *a, const struct tables_job *job,
		   const char *path, struct tables *t, struct err *e)
{
	struct database *d = NULL;
	int rc = 0;

	if (path)
		rc = database_open_until(path, &t->stop, &d, e);
	if (!rc)
		rc = open_output(t, a->given[OPTION_OUTPUT], e);
	if (!rc) {
		rc = job->run(d, t, job->ctx, e);
		if (rc)
			drop_output(t);
		else
			rc = close_output(t, e);
	}
	database_close(d);
	return rc;
}

int tables_run(const struct args *a, const struct tables_job *job,
	       struct err *e)
{
	struct tables t = { .diag_text = BUFFER_INIT, .named = job->named };
	const char *path = NULL;
	int rc = read_options(a, &t, e);

	/* Tables must know how wide a character is. */
	setlocale(LC_CTYPE, "");
	if (!rc && !job->no_database)
		rc = args_database(a, &path, e);
	if (!rc && path)
		rc = check_output(a->given[OPTION_OUTPUT], path, e);
	if (rc)
		return rc;
	t.stop.interrupted = interrupt_catch();
	t.stop.seconds = (unsigned int)args_number(a, OPTION_TIMEOUT, 0);
	query_stop_start(&t.stop);
	rc = run_job(a, job, path, &t, e);
	/* Whatever failed because of it. */
	if (rc && *t.stop.interrupted)
		rc = query_stop_fail(&t.stop, e);
	return rc;
}
