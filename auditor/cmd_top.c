/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/interrupt.h"
#include "commands.h"
#include "query/database.h"
#include "top/run.h"
#include "top/source.h"

static int browse(const struct args *a, const struct database *d,
		  const struct query_stop *stop, struct err *e)
{
	const char *name = args_operand(a), *branch = a->given[PARAM_BRANCH];
	struct top_source source;
	struct browser b;
	int rc;

	top_source_begin(&source, d, a->given, a->given[OPTION_DB]);
	rc = browser_begin(&source.browser,
			   name ? top_view_find(name) : TOP_STATIC,
			   branch ? branch : "", &b, e);
	if (!rc)
		rc = top_run(&b, stop->interrupted, e);
	/* A shell's history has it then. */
	if (!rc && b.queries.len)
		fwrite(b.queries.at, 1, b.queries.len, stdout);
	browser_release(&b);
	top_source_release(&source);
	return rc;
}

int cmd_top(const struct args *a, struct err *e)
{
	struct query_stop stop = { .seconds = 0 };
	struct database *d = NULL;
	const char *path = NULL;
	int rc;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return args_usage(
			a, e,
			"top needs a terminal to be shown on; 'kmemdb query' prints the same rows");
	/* How wide a character is, and which there are. */
	setlocale(LC_CTYPE, "");
	stop.interrupted = interrupt_catch();
	rc = args_database(a, &path, e);
	if (!rc)
		rc = database_open_until(path, &stop, &d, e);
	if (!rc)
		rc = browse(a, d, &stop, e);
	database_close(d);
	/* Ctrl-C is a way to end it, other signals are not. */
	if (*stop.interrupted && *stop.interrupted != SIGINT)
		rc = query_stop_fail(&stop, e);
	return rc;
}
