/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of options and commands: what parser, help, manual pages and
 * completions rely on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/help.h"
#include "cli/help_parts.h"

/* Fit for one field of --list-options. */
static void assert_field(const char *text)
{
	assert_non_null(text);
	assert_true(*text && !strpbrk(text, "\t\n"));
}

static void assert_values(const char *values)
{
	assert_true(!values ||
		    (*values && *values != ' ' && !strstr(values, "  ") &&
		     values[strlen(values) - 1] != ' '));
}

static void test_options(void **state)
{
	(void)state;
	for (int id = 0; id < OPTION_COUNT; id++) {
		const struct option_info *o = &option_table[id];

		assert_field(o->name);
		assert_field(o->help);
		assert_int_equal(strspn(o->name, "abcdefghijklmnopqrstuvwxyz-"),
				 strlen(o->name));
		assert_int_equal(o->argument != NULL, o->kind != VALUE_NONE);
		assert_values(o->values);
		if (o->kind == VALUE_NUMBER && id >= PARAM_COUNT)
			assert_true(o->least < o->most);
		else
			assert_true(!o->least && !o->most);
	}
}

/* A command takes one option of a name and of a letter; an option is taken
 * by some command; only its own parameters are in a report's table. */
static void test_takes(void **state)
{
	bool taken[OPTION_COUNT] = { false };

	(void)state;
	for (const struct command_info *c = command_table; c->name; c++) {
		for (int a = 0; a < OPTION_COUNT; a++) {
			const struct option_info *o = &option_table[a];

			if (!command_takes(c, a))
				continue;
			taken[a] = true;
			for (int b = a + 1; b < OPTION_COUNT; b++) {
				const struct option_info *p = &option_table[b];

				if (!command_takes(c, b))
					continue;
				assert_string_not_equal(o->name, p->name);
				assert_true(!o->letter ||
					    o->letter != p->letter);
			}
		}
	}
	for (int id = 0; id < OPTION_COUNT; id++)
		assert_true(taken[id] || command_takes(&program_row, id));
}

static void test_commands(void **state)
{
	(void)state;
	assert_null(command_find("frob"));
	assert_null(command_find(""));
	for (const struct command_info *c = command_table; c->name; c++) {
		assert_ptr_equal(command_find(c->name), c);
		assert_field(c->summary);
		assert_true(command_takes(c, OPTION_HELP));
		assert_true(command_takes(c, OPTION_DB));
		for (const char *const *p = c->paragraphs; *p; p++)
			assert_field(*p);
		for (const struct exit_info *x = c->exits; x->when; x++) {
			assert_field(x->when);
			assert_in_range(x->code, 1, 4);
		}
		for (int i = 0; i < OPERANDS_MAX && c->operands[i].name; i++)
			assert_values(c->operands[i].values);
	}
}

static void test_usage_lines(void **state)
{
	char line[200];

	(void)state;
	assert_true(
		help_usage_line(command_find("audit"), 0, line, sizeof(line)));
	assert_string_equal(line, "kmemdb audit [OPTION]... TREE");
	assert_false(
		help_usage_line(command_find("audit"), 1, line, sizeof(line)));
	assert_true(
		help_usage_line(command_find("query"), 0, line, sizeof(line)));
	assert_string_equal(line, "kmemdb query [OPTION]... [REPORT]");
	assert_true(
		help_usage_line(command_find("query"), 2, line, sizeof(line)));
	assert_string_equal(line, "kmemdb query REPORT --help");
	assert_true(help_usage_line(&program_row, 0, line, sizeof(line)));
	assert_string_equal(line, "kmemdb COMMAND [OPTION]...");
}

static void test_words(void **state)
{
	char words[HELP_WORDS_MAX];

	(void)state;
	values_in_words("one", words, sizeof(words));
	assert_string_equal(words, "one");
	values_in_words("one two", words, sizeof(words));
	assert_string_equal(words, "one or two");
	values_in_words("one two three", words, sizeof(words));
	assert_string_equal(words, "one, two or three");
	/* Cut, not overrun. */
	values_in_words("one two three", words, 6);
	assert_string_equal(words, "one, ");
	help_option_words(&option_table[OPTION_JOBS], "threads", words);
	assert_string_equal(words, "threads; from 1 to 256");
	help_option_words(&option_table[OPTION_LIMIT], "rows", words);
	assert_string_equal(words, "rows");
	help_option_words(&option_table[OPTION_LOG_FORMAT], "log", words);
	assert_string_equal(words, "log; one of auto, text or dat");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_takes),
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_usage_lines),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
