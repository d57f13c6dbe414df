/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sql_shell.h"

#include <string.h>
#include <unistd.h>

#include "cli/interrupt.h"
#include "cli/line_input.h"
#include "query/schema_text.h"
#include "query/statement.h"
#include "render/buffer.h"

/* SQLite takes no longer statement here, either. */
#define STATEMENT_MAX ((size_t)2 << 20)

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
	int rc = 0;

	while (!rc) {
		struct table_rows table = { .empty = "" };

		query_stop_start(&s->tables->stop);
		rc = statement_start(s->d, text, &table.rows, &text, e);
		if (rc || !table.rows)
			break;
		rc = tables_put(s->tables, &table, e);
		statement_end(table.rows);
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
			       "standard input is not text: it holds a NUL");
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

/* Who types may try again.  A Ctrl-C was meant for the statement, or for
 * what was typed of it; other signals end the program. */
static int forgive(struct session *s, int rc, struct err *e)
{
	const struct query_stop *stop = &s->tables->stop;

	if (!s->prompt || e->code == ERR_NOMEM)
		return rc;
	if (rc && *stop->interrupted)
		query_stop_fail(stop, e);
	interrupt_answered();
	if (*stop->interrupted || !rc)
		return rc;
	buffer_clear(&s->text);
	tables_diag(s->tables, e->text);
	tables_flush(s->tables);
	return 0;
}

static void prompt(const struct session *s)
{
	if (s->prompt)
		fputs(s->text.len ? "   ...> " : "kmemdb> ", stderr);
}

/* 1: *ret is the next line; 0: the end of the input. */
static int read_line(struct session *s, struct line_input *in, char **ret,
		     size_t *ret_len, struct err *e)
{
	const struct query_stop *stop = &s->tables->stop;
	int rc;

	for (;;) {
		prompt(s);
		rc = line_input_next(in, STATEMENT_MAX, ret, ret_len, e);
		if (rc || !*stop->interrupted)
			return rc;
		/* At the prompt: start a new statement. */
		if (s->prompt)
			interrupt_answered();
		if (*stop->interrupted)
			return query_stop_fail(stop, e);
		line_input_drop(in);
		buffer_clear(&s->text);
		putc('\n', stderr);
	}
}

static int run_lines(struct session *s, int fd, struct err *e)
{
	struct line_input in = { .fd = fd };
	char *line;
	size_t len;
	int rc = 0;

	/* Nobody's commit waits for somebody who types. */
	if (s->d)
		rc = database_let_go(s->d, e);
	while (!rc && !s->quit && !s->tables->reader_closed) {
		rc = read_line(s, &in, &line, &len, e);
		if (rc != 1)
			break;
		rc = forgive(s, take_line(s, line, len, e), e);
	}
	line_input_release(&in);
	if (!rc && !s->quit && s->text.len)
		rc = forgive(s, run_gathered(s, e), e);
	if (s->prompt && !s->quit)
		putc('\n', stderr);
	return rc;
}

static int run_session(struct session *s, const char *statement, struct err *e)
{
	int rc;

	if (statement && sql_shell_is_dot(statement)) {
		buffer_add(&s->text, statement, strlen(statement) + 1);
		if (s->text.failed)
			return err_nomem(e);
		trim(s->text.at, strlen(s->text.at));
		rc = run_dot(s, s->text.at, e);
	} else if (statement) {
		rc = run_text(s, statement, e);
	} else {
		s->prompt = isatty(STDIN_FILENO);
		rc = run_lines(s, STDIN_FILENO, e);
	}
	buffer_release(&s->text);
	return rc;
}

bool sql_shell_is_dot(const char *statement)
{
	return *statement == '.';
}

int sql_shell_run(const struct database *d, struct tables *t,
		  const char *statement, struct err *e)
{
	struct session s = { .d = d, .tables = t, .text = BUFFER_INIT };

	return run_session(&s, statement, e);
}
