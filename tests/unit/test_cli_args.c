/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parser of command lines, which all commands share.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/args.h"

#define WORDS_MAX 10

struct line {
	char words[WORDS_MAX][64];
	char *argv[WORDS_MAX + 1];
	struct args args;
	struct err e;
};

/* Reads the command's name and the words that follow, up to NULL. */
static int read_line(struct line *l, const char *command,
		     const char *const *words)
{
	int argc = 0;

	*l = (struct line){ .args = { .command = NULL } };
	for (const char *word = command; word; word = *words++, argc++) {
		assert_true(argc < WORDS_MAX && strlen(word) < 64);
		memcpy(l->words[argc], word, strlen(word) + 1);
		l->argv[argc] = l->words[argc];
	}
	return args_read(command_find(command), argc, l->argv, &l->args, &l->e);
}

#define LINE(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void test_values(void **state)
{
	struct line l;

	(void)state;
	assert_int_equal(read_line(&l, "query",
				   LINE("waste", "--branch", "fs", "--malloc",
					"-oout", "--limit=5", "-o", "there")),
			 0);
	assert_string_equal(args_operand(&l.args), "waste");
	assert_string_equal(l.args.given[PARAM_BRANCH], "fs");
	assert_string_equal(l.args.given[PARAM_MALLOC], "1");
	assert_null(l.args.given[PARAM_CACHE]);
	/* The last one holds. */
	assert_string_equal(l.args.given[OPTION_OUTPUT], "there");
	assert_int_equal(args_number(&l.args, OPTION_LIMIT, 7), 5);
	assert_int_equal(args_number(&l.args, OPTION_TIMEOUT, 7), 7);
	/* A value may look like an option. */
	assert_int_equal(
		read_line(&l, "query", LINE("--branch", "--", "objects")), 0);
	assert_string_equal(l.args.given[PARAM_BRANCH], "--");
	assert_string_equal(args_operand(&l.args), "objects");
	assert_int_equal(read_line(&l, "query", LINE("--branch=")), 0);
	assert_string_equal(l.args.given[PARAM_BRANCH], "");
	assert_null(args_operand(&l.args));
	assert_int_equal(read_line(&l, "query", LINE("--branch=a=b")), 0);
	assert_string_equal(l.args.given[PARAM_BRANCH], "a=b");
}

static void test_letters(void **state)
{
	const char *const *const lines[] = {
		LINE("-j4", "tree"),	  LINE("-j", "4", "tree"),
		LINE("-qj4", "tree"),	  LINE("tree", "-qj", "4"),
		LINE("--jobs=4", "tree"), LINE("--jobs", "4", "tree"),
	};
	struct line l;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		assert_int_equal(read_line(&l, "audit", lines[i]), 0);
		assert_int_equal(args_number(&l.args, OPTION_JOBS, 1), 4);
		assert_int_equal(l.args.noperands, 1);
		assert_string_equal(args_operand(&l.args), "tree");
		assert_int_equal(l.args.given[OPTION_QUIET] != NULL,
				 i == 2 || i == 3);
	}
}

static void test_operands(void **state)
{
	struct line l;

	(void)state;
	/* After --, nothing is an option; - never is. */
	assert_int_equal(read_line(&l, "show", LINE("--", "--build")), 0);
	assert_string_equal(args_operand(&l.args), "--build");
	assert_null(l.args.given[PARAM_BUILD]);
	assert_int_equal(read_line(&l, "import", LINE("-q", "-")), 0);
	assert_string_equal(args_operand(&l.args), "-");
	assert_int_equal(read_line(&l, "import", LINE("--", "--")), 0);
	assert_string_equal(args_operand(&l.args), "--");
	assert_int_equal(read_line(&l, "list", LINE("builds", "--")), 0);
	assert_string_equal(args_operand(&l.args), "builds");
	assert_null(l.args.operands[1]);
	assert_int_equal(read_line(&l, "list", LINE(NULL)), 0);
	assert_int_equal(l.args.noperands, 0);
}

static void expect(const char *command, const char *const *words,
		   const char *message)
{
	char all[300];
	struct line l;

	assert_int_equal(read_line(&l, command, words), -ERR_USAGE);
	assert_int_equal(l.e.code, ERR_USAGE);
	/* Untouched on failure. */
	assert_null(l.args.command);
	snprintf(all, sizeof(all), "%s: 'kmemdb %s --help' %s", message,
		 command,
		 strncmp(message, "unknown", 7) ? "tells more" : "lists them");
	assert_string_equal(l.e.text, all);
}

static void test_errors(void **state)
{
	(void)state;
	expect("query", LINE("--frob"), "unknown option '--frob'");
	expect("query", LINE("-x"), "unknown option '-x'");
	expect("audit", LINE("-qx", "t"), "unknown option '-x' in '-qx'");
	expect("query", LINE("--branch"), "option '--branch' needs a value");
	expect("query", LINE("-o"), "option '-o' needs a value");
	expect("audit", LINE("-qj"), "option '-j' needs a value");
	expect("query", LINE("--malloc=1"), "option '--malloc' takes no value");
	expect("query", LINE("--malloc="), "option '--malloc' takes no value");
	/* Another command's. */
	expect("list", LINE("--branch", "fs"), "unknown option '--branch'");
	expect("query", LINE("-j4"), "unknown option '-j4'");
	expect("query", LINE("--limit", "-1"),
	       "option '--limit' takes a number, not '-1'");
	expect("query", LINE("--limit", "99999999999999999999"),
	       "option '--limit' takes a number, not '99999999999999999999'");
	expect("audit", LINE("-j0", "t"),
	       "option '--jobs' takes a number from 1 to 256, not '0'");
	expect("audit", LINE("-j257", "t"),
	       "option '--jobs' takes a number from 1 to 256, not '257'");
	expect("audit", LINE("-j4x", "t"),
	       "option '--jobs' takes a number from 1 to 256, not '4x'");
	expect("list", LINE("--format=account"),
	       "option '--format' takes table, csv, tsv, json, jsonl or md, not 'account'");
	expect("list", LINE("--format="),
	       "option '--format' takes table, csv, tsv, json, jsonl or md, not ''");
	expect("list", LINE("--format", "table csv"),
	       "option '--format' takes table, csv, tsv, json, jsonl or md, not 'table csv'");
	expect("list", LINE("build"),
	       "TABLE is database, builds or traces, not 'build'");
	expect("show", LINE("a", "b"),
	       "'b' is one word too many, which may need quotes");
	expect("audit", LINE("-q"),
	       "no tree named, as in kmemdb audit TREE, where TREE holds the built vmlinux");
}

/* Is name[0..n) an option of the command's own? */
static bool is_option(const struct command_info *c, const char *name, int n)
{
	for (int id = 0; id < OPTION_COUNT; id++)
		if (command_takes(c, id) &&
		    (int)strlen(option_table[id].name) == n &&
		    strncmp(option_table[id].name, name, (size_t)n) == 0)
			return true;
	return false;
}

/* Each proper beginning of each option of each command is unknown, with a
 * value and without one. */
static void test_no_abbreviations(void **state)
{
	struct line l;
	int tried = 0;

	(void)state;
	for (const struct command_info *c = command_table; c->name; c++) {
		for (int id = 0; id < OPTION_COUNT; id++) {
			const char *name = option_table[id].name;

			if (!command_takes(c, id))
				continue;
			for (int n = 1; n < (int)strlen(name); n++) {
				char word[48], value[64];

				/* "--by" is no short "--bytes", it is --by. */
				if (is_option(c, name, n))
					continue;
				snprintf(word, sizeof(word), "--%.*s", n, name);
				snprintf(value, sizeof(value), "%s=1", word);
				assert_int_equal(read_line(&l, c->name,
							   LINE(word, "1")),
						 -ERR_USAGE);
				assert_int_equal(
					strncmp(l.e.text, "unknown", 7), 0);
				assert_int_equal(read_line(&l, c->name,
							   LINE(value)),
						 -ERR_USAGE);
				tried++;
			}
		}
	}
	assert_true(tried > 200);
}

/* Whoever asks for help may have the rest wrong, but not the options. */
static void test_help(void **state)
{
	struct line l;

	(void)state;
	assert_int_equal(read_line(&l, "audit", LINE("-h")), 0);
	assert_non_null(l.args.given[OPTION_HELP]);
	assert_int_equal(read_line(&l, "list",
				   LINE("--format", "1", "--help", "x", "y")),
			 0);
	assert_int_equal(read_line(&l, "list", LINE("--help", "--frob")),
			 -ERR_USAGE);
}

static void expect_database(const char *option, const char *environment,
			    const char *path)
{
	struct line l;
	const char *got = NULL;
	int rc;

	if (environment)
		setenv("KMEMDB", environment, 1);
	else
		unsetenv("KMEMDB");
	rc = option ? read_line(&l, "list", LINE("--db", option))
		    : read_line(&l, "list", LINE(NULL));
	assert_int_equal(rc, 0);
	rc = args_database(&l.args, &got, &l.e);
	unsetenv("KMEMDB");
	assert_int_equal(rc, path ? 0 : -ERR_USAGE);
	if (path)
		assert_string_equal(got, path);
	else
		assert_null(got);
}

static void test_database(void **state)
{
	(void)state;
	expect_database(NULL, NULL, "kmem.db");
	expect_database(NULL, "env.db", "env.db");
	expect_database("x.db", "env.db", "x.db");
	expect_database("x.db", "", "x.db");
	expect_database("./file:x", NULL, "./file:x");
	/* Each of these would store nothing, or elsewhere. */
	expect_database("", NULL, NULL);
	expect_database("", "env.db", NULL);
	expect_database(NULL, "", NULL);
	expect_database(":memory:", NULL, NULL);
	expect_database(NULL, ":memory:", NULL);
	expect_database("file:x?mode=memory", NULL, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_operands),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_no_abbreviations),
		cmocka_unit_test(test_help),
		cmocka_unit_test(test_database),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
