/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/args.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The words that are being read. */
struct reader {
	struct args args;
	int argc;
	char **argv;
	int at;	    /* of the next word */
	int kept;   /* operands that were moved to the front */
	bool plain; /* after "--" */
	struct err *e;
};

__attribute__((format(printf, 4, 0))) static int
usage(const struct command_info *c, struct err *e, const char *tail,
      const char *fmt, va_list ap)
{
	char words[COMMAND_WORDS_MAX], text[512];

	vsnprintf(text, sizeof(text), fmt, ap);
	return err_set(e, ERR_USAGE, "%s: '%s --help' %s", text,
		       command_words(c, words), tail);
}

int args_usage(const struct args *a, struct err *e, const char *fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = usage(a->command, e, "tells more", fmt, ap);
	va_end(ap);
	return rc;
}

__attribute__((format(printf, 2, 3))) static int
unknown_option(struct reader *r, const char *fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = usage(r->args.command, r->e, "lists them", fmt, ap);
	va_end(ap);
	return rc;
}

void values_in_words(const char *values, char *ret, size_t size)
{
	size_t used = 0;

	*ret = '\0';
	for (bool first = true; *values && used < size; first = false) {
		size_t len = strcspn(values, " ");
		bool last = !values[len];

		used += (size_t)snprintf(ret + used, size - used, "%s%.*s",
					 first	? ""
					 : last ? " or "
						: ", ",
					 (int)len, values);
		values += len + !last;
	}
}

/* Is word[0..len) one of the values? */
static bool is_value(const char *values, const char *word)
{
	size_t len = strlen(word);

	while (*values) {
		size_t n = strcspn(values, " ");

		if (n == len && memcmp(values, word, n) == 0)
			return true;
		values += n + (values[n] == ' ');
	}
	return false;
}

static int find_name(const struct command_info *c, const char *name, size_t len)
{
	int id = 0;

	while (id < OPTION_COUNT &&
	       (!command_takes(c, id) || strlen(option_table[id].name) != len ||
		memcmp(option_table[id].name, name, len) != 0))
		id++;
	return id;
}

static int find_letter(const struct command_info *c, char letter)
{
	int id = 0;

	while (id < OPTION_COUNT &&
	       (!command_takes(c, id) || option_table[id].letter != letter))
		id++;
	return id;
}

/* The value is the next word. */
static int take_next(struct reader *r, int id, const char *word)
{
	if (r->at == r->argc)
		return args_usage(&r->args, r->e, "option '%s' needs a value",
				  word);
	r->args.given[id] = r->argv[r->at++];
	return 0;
}

static int read_long(struct reader *r, const char *word)
{
	const char *name = word + 2;
	size_t len = strcspn(name, "=");
	int id = find_name(r->args.command, name, len);

	if (id == OPTION_COUNT)
		return unknown_option(r, "unknown option '%.100s'", word);
	if (!option_table[id].argument && name[len])
		return args_usage(&r->args, r->e,
				  "option '--%s' takes no value",
				  option_table[id].name);
	if (option_table[id].argument && !name[len])
		return take_next(r, id, word);
	r->args.given[id] = name[len] ? name + len + 1 : "1";
	return 0;
}

/* -q, -jN, -qj N */
static int read_letters(struct reader *r, const char *word)
{
	for (const char *p = word + 1; *p; p++) {
		int id = find_letter(r->args.command, *p);
		char option[3] = { '-', *p, '\0' };

		if (id == OPTION_COUNT && p == word + 1)
			return unknown_option(r, "unknown option '%.100s'",
					      word);
		if (id == OPTION_COUNT)
			return unknown_option(r,
					      "unknown option '%s' in '%.100s'",
					      option, word);
		if (option_table[id].argument && !p[1])
			return take_next(r, id, option);
		if (option_table[id].argument) {
			r->args.given[id] = p + 1;
			return 0;
		}
		r->args.given[id] = "1";
	}
	return 0;
}

static int read_word(struct reader *r)
{
	char *word = r->argv[r->at++];

	if (r->plain || word[0] != '-' || !word[1]) {
		/* Never past what has been read. */
		r->argv[1 + r->kept++] = word;
		return 0;
	}
	if (strcmp(word, "--") == 0) {
		r->plain = true;
		return 0;
	}
	return word[1] == '-' ? read_long(r, word) : read_letters(r, word);
}

static bool read_number(const char *word, const struct option_info *o,
			uint64_t *ret)
{
	unsigned long long n;
	char *end;

	errno = 0;
	n = strtoull(word, &end, 10);
	if (*word < '0' || *word > '9' || *end || errno || n < o->least ||
	    n > o->most)
		return false;
	*ret = n;
	return true;
}

static int check_value(const struct args *a, const struct option_info *o,
		       const char *value, struct err *e)
{
	char words[200];
	uint64_t n;

	if (o->values && !is_value(o->values, value)) {
		values_in_words(o->values, words, sizeof(words));
		return args_usage(a, e, "option '--%s' takes %s, not '%.60s'",
				  o->name, words, value);
	}
	if (o->kind != VALUE_NUMBER || read_number(value, o, &n))
		return 0;
	if (o->most == INT64_MAX)
		return args_usage(a, e,
				  "option '--%s' takes a number, not '%.60s'",
				  o->name, value);
	return args_usage(a, e,
			  "option '--%s' takes a number from %" PRIu64
			  " to %" PRIu64 ", not '%.60s'",
			  o->name, o->least, o->most, value);
}

static int check_operands(const struct args *a, struct err *e)
{
	const struct operand_info *o = a->command->operands;
	char words[200];

	for (size_t i = 0; i < a->noperands; i++) {
		const char *word = a->operands[i];

		if (!o->name)
			return args_usage(
				a, e,
				"'%.100s' is one word too many, which may need quotes",
				word);
		if (o->values && !is_value(o->values, word)) {
			values_in_words(o->values, words, sizeof(words));
			return args_usage(a, e, "%s is %s, not '%.100s'",
					  o->name, words, word);
		}
		if (!o->many)
			o++;
	}
	if (o->name && o->missing && !(o->many && a->noperands))
		return args_usage(a, e, "%s", o->missing);
	return 0;
}

static int check(const struct args *a, struct err *e)
{
	int rc = 0;

	if (a->given[OPTION_HELP])
		return 0;
	for (int id = 0; id < OPTION_COUNT && !rc; id++) {
		if (a->given[id] && option_table[id].argument)
			rc = check_value(a, &option_table[id], a->given[id], e);
	}
	return rc ? rc : check_operands(a, e);
}

int args_read(const struct command_info *c, int argc, char **argv,
	      struct args *ret, struct err *e)
{
	struct reader r = { .args = { .command = c },
			    .argc = argc,
			    .argv = argv,
			    .at = 1,
			    .e = e };
	int rc = 0;

	while (!rc && r.at < argc)
		rc = read_word(&r);
	if (rc)
		return rc;
	argv[1 + r.kept] = NULL;
	r.args.operands = (const char *const *)argv + 1;
	r.args.noperands = (size_t)r.kept;
	rc = check(&r.args, e);
	if (!rc)
		*ret = r.args;
	return rc;
}

const char *args_operand(const struct args *a)
{
	return a->noperands ? a->operands[0] : NULL;
}

uint64_t args_number(const struct args *a, int option, uint64_t fallback)
{
	uint64_t n = fallback;

	if (a->given[option])
		read_number(a->given[option], &option_table[option], &n);
	return n;
}

int args_database(const struct args *a, const char **ret, struct err *e)
{
	const char *path = a->given[OPTION_DB];
	const char *from = "option '--db'";

	if (!path) {
		path = getenv("KMEMDB");
		from = "the environment variable KMEMDB";
	}
	if (!path)
		path = "kmem.db";
	/* An unset variable in a script must not lose what it stores. */
	if (!*path)
		return args_usage(a, e,
				  "%s is empty: name the file of the database",
				  from);
	if (strcmp(path, ":memory:") == 0)
		return args_usage(
			a, e,
			"%s is ':memory:', which would be lost at the end: name a file",
			from);
	if (strncmp(path, "file:", 5) == 0)
		return args_usage(
			a, e,
			"%s is a URI, '%.100s': name a file ('./%.100s' if it is called so)",
			from, path, path);
	*ret = path;
	return 0;
}
