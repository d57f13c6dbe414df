/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

#include <getopt.h>
#include <stdbool.h>
#include <string.h>

/* What getopt_long returns for the long option i. */
#define LONG_BASE 256

const struct query_option_info query_options[OPTION_COUNT] = {
	[PARAM_BUILD] = { "build", 0, "REF", "build", NULL,
			  "the build to report: an id, a label or a (short) commit; default: the newest" },
	[PARAM_TRACE] = { "trace", 0, "REF", "trace", NULL,
			  "the trace to report: an id or a label; default: the newest" },
	[PARAM_IMAGE] = { "image", 0, "NAME", "image", "vmlinux",
			  "what is loaded: vmlinux, modules, the name of one, or all" },
	[PARAM_BRANCH] = { "branch", 0, "DIR", "branch", "",
			   "only this directory and what is below it" },
	[PARAM_DEPTH] = { "depth", 0, "N", "depth", "1",
			  "levels of directories below the branch" },
	[PARAM_CPUS] = { "cpus", 0, "N", "cpus", "1",
			 "CPUs that get a copy of per-CPU data" },
	[PARAM_MALLOC] = { "malloc", 0, NULL, "malloc", NULL,
			   "only allocations by kmalloc and its kin" },
	[PARAM_CACHE] = { "cache", 0, NULL, "cache", NULL,
			  "only allocations from a kmem_cache" },
	[PARAM_TRACING] = { "no-tracing", 0, NULL, "tracing", NULL,
			    "without the memory of tracing itself" },
	[OPTION_DB] = { "db", 0, "FILE", NULL, NULL,
			"the database; default: $KMEMDB, else kmem.db" },
	[OPTION_FILE] = { "file", 0, "FILE", NULL, NULL,
			  "run the report in FILE instead of a built-in one" },
	[OPTION_ORDER_BY] = { "order-by", 0, "COLUMN", NULL, NULL,
			      "sort by COLUMN: numbers largest first, text from A to Z; COLUMN:asc and COLUMN:desc say which way" },
	[OPTION_LIMIT] = { "limit", 0, "N", NULL, NULL,
			   "show N rows, 0 for all; default: 20 in a table on a terminal, else all" },
	[OPTION_FORMAT] = { "format", 0, "FORMAT", NULL, NULL,
			    "table, csv, tsv, json or md; default: table; of reports with its columns also account, the layout of trace_analyze" },
	[OPTION_BYTES] = { "bytes", 0, NULL, NULL, NULL,
			   "exact numbers in tables, too" },
	[OPTION_OUTPUT] = { "output", 'o', "FILE", NULL, NULL,
			    "write to FILE, which appears when complete" },
	[OPTION_HELP] = { "help", 'h', NULL, NULL, NULL,
			  "show this, or what a report's columns mean" },
};

enum query_param query_param_find(const char *name, size_t len)
{
	for (int i = 0; i < PARAM_COUNT; i++) {
		const char *v = query_options[i].variable;

		if (strlen(v) == len && memcmp(v, name, len) == 0)
			return (enum query_param)i;
	}
	return PARAM_COUNT;
}

static int find_letter(int letter)
{
	int i = 0;

	while (i < OPTION_COUNT && query_options[i].letter != letter)
		i++;
	return i;
}

/* The word of the option that was just read, as it stands in argv. */
static const char *word_of(int id, char *const *argv)
{
	const char *word = argv[optind - 1];

	if (query_options[id].argument && optarg == word)
		return argv[optind - 2];
	return word;
}

/* getopt_long takes "--bra" for "--branch"; scripts that do would break with
 * the next option, so it is refused. */
static bool spelled_out(int id, const char *word)
{
	size_t len = strlen(query_options[id].name);

	return strncmp(word, "--", 2) == 0 &&
	       strncmp(word + 2, query_options[id].name, len) == 0 &&
	       (word[2 + len] == '\0' || word[2 + len] == '=');
}

static int unknown_option(const char *word, const char *command, struct err *e)
{
	return err_set(e, ERR_USAGE,
		       "unknown option '%.100s': 'kmemdb %s --help' lists them",
		       word, command);
}

/* What getopt_long itself refuses. */
static int bad_option(int c, char *const *argv, struct err *e)
{
	const char *word = argv[optind - 1];
	int letter = optopt > 0 && optopt < LONG_BASE ? optopt : 0;

	if (c == ':')
		return err_set(
			e, ERR_USAGE,
			"option '%.100s' needs an argument: 'kmemdb %s --help' tells which",
			word, argv[0]);
	if (optopt >= LONG_BASE)
		return err_set(e, ERR_USAGE, "option '--%s' takes no argument",
			       query_options[optopt - LONG_BASE].name);
	/* A wrong letter may stand inside its word. */
	if (letter)
		return err_set(
			e, ERR_USAGE,
			"unknown option '-%c': 'kmemdb %s --help' lists them",
			letter, argv[0]);
	return unknown_option(word, argv[0], e);
}

int query_words_read(int argc, char **argv, struct query_words *ret,
		     struct err *e)
{
	struct option longs[OPTION_COUNT + 1] = { 0 };
	struct query_words w = { .report = NULL };
	int c;

	for (int i = 0; i < OPTION_COUNT; i++) {
		longs[i].name = query_options[i].name;
		longs[i].has_arg = query_options[i].argument ? required_argument
							     : no_argument;
		longs[i].val = LONG_BASE + i;
	}
	optind = 0;
	opterr = 0;
	while ((c = getopt_long(argc, argv, ":o:h", longs, NULL)) != -1) {
		int id = c >= LONG_BASE ? c - LONG_BASE : find_letter(c);

		if (id == OPTION_COUNT)
			return bad_option(c, argv, e);
		if (c >= LONG_BASE && !spelled_out(id, word_of(id, argv)))
			return unknown_option(word_of(id, argv), argv[0], e);
		w.given[id] = optarg ? optarg : "1";
	}
	if (argc - optind > 1)
		return err_set(
			e, ERR_USAGE,
			"'%s' takes one word: what is '%.100s'? Quote what holds blanks",
			argv[0], argv[optind + 1]);
	w.report = argv[optind];
	if (w.report && w.given[OPTION_FILE])
		return err_set(
			e, ERR_USAGE,
			"a report is named by REPORT or by --file, not by both");
	*ret = w;
	return 0;
}
