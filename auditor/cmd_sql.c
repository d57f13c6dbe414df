/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/report_output.h"
#include "commands.h"
#include "query/database.h"
#include "query/schema_text.h"
#include "query/statement.h"
#include "render/buffer.h"

/* SQLite takes no longer statement here, either. */
#define STATEMENT_MAX ((size_t)2 << 20)

static const int takes[] = { OPTION_DB,	   OPTION_LIMIT,  OPTION_FORMAT,
			     OPTION_BYTES, OPTION_OUTPUT, OPTION_HELP,
			     OPTION_COUNT };

static const char usage[] = "Usage: kmemdb sql [options] [STATEMENT]\n";

static const char *const paragraphs[] = {
	"Runs SQL that reads the database: STATEMENT, else what standard input holds, up to its end; on a terminal it asks for statements, each ended by a semicolon. Nothing can be changed.",
	"The views are the public schema: '.tables' lists them, '.schema VIEW' tells what each column means, '.help' and '.quit' are known, too. Besides SQLite's own there are the functions in_branch(path, branch), dir_level(path, branch, depth) and edit_distance(a, b). 'kmemdb query --file' runs a statement with --branch and the other parameters.",
	"Several statements print several tables with an empty line between. Names that SQL itself knows not, and other errors, are SQLite's words, and end with exit code 3.",
	NULL,
};

struct session {
	const struct database *d;
	struct tables *tables;
	bool prompt; /* somebody types */
	bool quit;
	struct buffer text; /* lines of a statement that is not complete */
};

/* Every statement of text. */
static int run_text(struct session *s, const char *text, struct err *e)
{
	static const struct table_words words = { .empty = "" };
	int rc = 0;

	while (!rc) {
		struct rows *rows;

		rc = statement_start(s->d, text, &rows, &text, e);
		if (rc || !rows)
			break;
		rc = tables_put(s->tables, &words, rows, e);
		statement_end(rows);
		tables_flush(s->tables);
	}
	return rc;
}

static int dot_help(struct session *s)
{
	fputs(".tables       the views there are\n"
	      ".schema VIEW  what its columns mean; alone: all\n"
	      ".quit         end, as does the end of the input\n"
	      "STATEMENT;    runs it, and prints its rows\n",
	      s->tables->render.out);
	return 0;
}

/* A line that begins with a dot is for this program, not for SQLite. */
static int run_dot(struct session *s, char *line, struct err *e)
{
	char *word = line + strcspn(line, " \t");
	FILE *out = s->tables->render.out;
	int rc = 0;

	if (*word)
		*word++ = '\0';
	word += strspn(word, " \t");
	if (strcmp(line, ".quit") == 0 || strcmp(line, ".exit") == 0)
		s->quit = true;
	else if (strcmp(line, ".tables") == 0)
		schema_list(out);
	else if (strcmp(line, ".schema") == 0)
		rc = schema_show(word, out, e);
	else if (strcmp(line, ".help") == 0)
		rc = dot_help(s);
	else
		rc = err_set(
			e, ERR_USAGE,
			"no command '%.100s': there are .tables, .schema, .help and .quit",
			line);
	tables_flush(s->tables);
	return rc;
}

/* Without the blanks at its end. */
static void trim(char *line, size_t len)
{
	while (len && strchr(" \t\r\n;", line[len - 1]))
		line[--len] = '\0';
}

static int run_gathered(struct session *s, struct err *e)
{
	int rc = 0;

	buffer_char(&s->text, '\0');
	if (s->text.failed)
		return err_nomem(e);
	rc = run_text(s, s->text.at, e);
	buffer_clear(&s->text);
	return rc;
}

static int complete(struct session *s)
{
	bool done;

	buffer_char(&s->text, '\0');
	done = !s->text.failed && statement_complete(s->text.at);
	s->text.len -= !s->text.failed;
	return done;
}

static int take_line(struct session *s, char *line, size_t len, struct err *e)
{
	if (strlen(line) != len)
		return err_set(e, ERR_FORMAT,
			       "standard input is no text: it holds a NUL");
	if (!s->text.len && *line == '.') {
		trim(line, len);
		return run_dot(s, line, e);
	}
	/* Nothing has begun, and nothing begins. */
	if (!s->text.len && strspn(line, " \t\r\n") == len)
		return 0;
	buffer_add(&s->text, line, len);
	if (s->text.len > STATEMENT_MAX)
		return err_set(e, ERR_FORMAT,
			       "a statement of more than %zu bytes",
			       STATEMENT_MAX);
	if (strchr(line, ';') && complete(s))
		return run_gathered(s, e);
	return 0;
}

/* Who types may try again. */
static int forgive(struct session *s, int rc, struct err *e)
{
	if (!rc || !s->prompt || e->code == ERR_NOMEM)
		return rc;
	buffer_clear(&s->text);
	tables_say(s->tables, e->text);
	tables_flush(s->tables);
	return 0;
}

static void prompt(const struct session *s)
{
	if (s->prompt)
		fputs(s->text.len ? "   ...> " : "kmemdb> ", stderr);
}

static int run_lines(struct session *s, FILE *in, struct err *e)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	int rc = 0;

	prompt(s);
	while (!rc && !s->quit && !s->tables->reader_closed &&
	       (n = getline(&line, &room, in)) >= 0) {
		rc = forgive(s, take_line(s, line, (size_t)n, e), e);
		if (!s->quit)
			prompt(s);
	}
	free(line);
	if (!rc && ferror(in))
		rc = err_set_errno(e, ERR_IO, "cannot read standard input");
	if (!rc && !s->quit && s->text.len)
		rc = forgive(s, run_gathered(s, e), e);
	if (s->prompt && !s->quit)
		putc('\n', stderr);
	return rc;
}

static int run_session(struct session *s, const char *statement, struct err *e)
{
	int rc;

	if (statement && *statement == '.') {
		buffer_add(&s->text, statement, strlen(statement) + 1);
		if (s->text.failed)
			return err_nomem(e);
		trim(s->text.at, strlen(s->text.at));
		rc = run_dot(s, s->text.at, e);
	} else if (statement) {
		rc = run_text(s, statement, e);
	} else {
		s->prompt = isatty(STDIN_FILENO);
		rc = run_lines(s, stdin, e);
	}
	buffer_release(&s->text);
	return rc;
}

static int run(const struct query_words *w, struct err *e)
{
	struct session s = { .text = BUFFER_INIT };
	/* What there is to know of the schema is in the program. */
	bool schema = w->report && *w->report == '.';
	struct database *d = NULL;
	struct tables t;
	int rc = tables_read(w, &t, e);

	if (!rc && !schema)
		rc = database_open(tables_database(w), &d, e);
	if (rc)
		return rc;
	rc = tables_open(&t, w->given[OPTION_OUTPUT], e);
	if (!rc) {
		s.d = d;
		s.tables = &t;
		rc = run_session(&s, w->report, e);
		if (rc)
			tables_drop(&t);
		else
			rc = tables_close(&t, e);
	}
	database_close(d);
	return rc;
}

static const struct table_command command = { "sql", usage, paragraphs, takes };

int cmd_sql(int argc, char **argv, struct err *e)
{
	struct query_words w;
	int rc = tables_words(argc, argv, &command, &w, e);

	if (rc)
		return rc < 0 ? rc : EXIT_DONE;
	return run(&w, e);
}
