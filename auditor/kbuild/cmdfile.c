/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/cmdfile.h"

#include <string.h>

#include "kbuild/path.h"

bool cmdfile_command(const char *buf, size_t len, const char **ret_command,
		     size_t *ret_len)
{
	const char *start = memmem(buf, len, ":=", 2), *end, *nl;

	/* The assignment is the file's first line. */
	nl = memchr(buf, '\n', len);
	if (!start || (nl && nl < start))
		return false;
	start += 2;
	end = buf + len;
	for (const char *p = start; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (!nl)
			break;
		if (nl[-1] != '\\') {
			end = nl;
			break;
		}
	}
	*ret_command = start;
	*ret_len = (size_t)(end - start);
	return true;
}

void cmd_start(struct cmd_reader *r, const char *command, size_t len)
{
	r->p = command;
	r->end = command + len;
	r->len = 0;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool is_break(char c)
{
	return c && strchr(";&|()\n", c);
}

static void put(struct cmd_reader *r, char c)
{
	/* One too many marks the word as too long. */
	if (r->len < CMD_WORD_ROOM)
		r->word[r->len++] = c;
}

/* Copies up to the closing quote; one that is missing ends with the line. */
static void quoted(struct cmd_reader *r, char quote)
{
	while (r->p < r->end && *r->p != quote) {
		if (quote == '"' && *r->p == '\\' && r->p + 1 < r->end)
			r->p++;
		put(r, *r->p++);
	}
	if (r->p < r->end)
		r->p++;
}

static void take_word(struct cmd_reader *r)
{
	while (r->p < r->end && !is_space(*r->p) && !is_break(*r->p)) {
		char c = *r->p++;

		if (c == '\'' || c == '"')
			quoted(r, c);
		else if (c == '\\' && r->p < r->end)
			put(r, *r->p++);
		else
			put(r, c);
	}
}

enum cmd_token cmd_next(struct cmd_reader *r)
{
	for (;;) {
		while (r->p < r->end && is_space(*r->p))
			r->p++;
		if (r->p == r->end)
			return CMD_END;
		if (*r->p == '\\' && r->p + 1 < r->end && r->p[1] == '\n') {
			r->p += 2;
			continue;
		}
		if (is_break(*r->p)) {
			r->p++;
			return CMD_BREAK;
		}
		r->len = 0;
		take_word(r);
		if (r->len < CMD_WORD_ROOM) {
			r->word[r->len] = '\0';
			return CMD_WORD;
		}
	}
}

/* "ld", "arm-linux-gnueabihf-ld", "/usr/bin/ld.lld", "llvm-objcopy-14":
 * tool stands as a component of its own in the program's name. */
static bool is_tool(const char *word, const char *tool)
{
	const char *p = path_base(word);
	size_t n = strlen(tool);

	while (p) {
		if (strncmp(p, tool, n) == 0 &&
		    (p[n] == '\0' || p[n] == '.' || p[n] == '-'))
			return true;
		p = strchr(p, '-');
		p = p ? p + 1 : NULL;
	}
	return false;
}

static bool is_word(const struct cmd_reader *r, const char *word)
{
	return strcmp(r->word, word) == 0;
}

/* What one part of a command (up to a break) is, and where its words are. */
struct part {
	const char *start;
	enum cmd_kind kind;
	bool found; /* at least one object file among its words */
};

static enum cmd_kind kind_of_program(const char *word, bool *ret_compiler)
{
	*ret_compiler = is_tool(word, "gcc") || is_tool(word, "clang") ||
			is_tool(word, "cc");
	if (is_tool(word, "ld") || is_tool(word, "lld"))
		return CMD_LINK;
	if (is_tool(word, "objcopy") || is_tool(word, "strip"))
		return CMD_CONVERT;
	return CMD_OTHER;
}

/* NAME=value before the program, or make's own prefixes. */
static bool is_prefix(const char *word)
{
	size_t n = strspn(
		word,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz0123456789");

	return (n && word[n] == '=') || strcmp(word, "@") == 0 ||
	       strcmp(word, "ccache") == 0;
}

/* Reads one part; returns the token that ended it. */
static enum cmd_token read_part(struct cmd_reader *r, struct part *ret)
{
	bool compiler = false, program = false, freestanding = false;
	enum cmd_token t;

	*ret = (struct part){ .start = r->p };
	while ((t = cmd_next(r)) == CMD_WORD) {
		if (!program) {
			if (is_prefix(r->word))
				continue;
			ret->kind = kind_of_program(r->word, &compiler);
			program = true;
		} else if (is_word(r, "-r") || is_word(r, "--relocatable")) {
			if (ret->kind == CMD_LINK)
				ret->kind = CMD_RELOCATE;
		} else if (is_word(r, "-nostdlib") || is_word(r, "-shared")) {
			freestanding = true;
		} else if (r->word[0] == '@' ||
			   path_ends(r->word, r->len, ".o") ||
			   path_ends(r->word, r->len, ".a")) {
			ret->found = true;
		}
	}
	/* The vDSOs of older kernels are linked by the compiler; a program
	 * of the host is, too, but with its libraries. */
	if (compiler && freestanding)
		ret->kind = CMD_LINK;
	if (!ret->found)
		ret->kind = CMD_OTHER;
	return t;
}

static bool find_part(struct cmd_reader *r, struct part *ret)
{
	enum cmd_token t;

	do {
		t = read_part(r, ret);
		if (ret->kind != CMD_OTHER)
			return true;
	} while (t != CMD_END);
	return false;
}

enum cmd_kind cmd_kind(const char *command, size_t len)
{
	struct cmd_reader r;
	struct part part;

	cmd_start(&r, command, len);
	return find_part(&r, &part) ? part.kind : CMD_OTHER;
}

/* The options of ld and the compilers whose next word is a file that is
 * written or only read for its names. */
static bool takes_a_file(const struct cmd_reader *r)
{
	return is_word(r, "-o") || is_word(r, "-T") || is_word(r, "-Map") ||
	       is_word(r, "-R") || is_word(r, "--just-symbols") ||
	       is_word(r, "--output") || is_word(r, "-soname");
}

int cmd_inputs(const char *command, size_t len, cmd_input_fn *fn, void *arg)
{
	struct cmd_input in = { 0 };
	bool skip = true; /* the program's own name */
	struct cmd_reader r;
	struct part part;
	int err = 0;

	cmd_start(&r, command, len);
	if (!find_part(&r, &part))
		return 0;
	cmd_start(&r, part.start, (size_t)(command + len - part.start));
	while (!err && cmd_next(&r) == CMD_WORD) {
		in.list = r.word[0] == '@';
		in.name = r.word + in.list;
		in.len = r.len - in.list;
		if (skip)
			skip = false;
		else if (takes_a_file(&r))
			skip = true;
		else if (is_word(&r, "--whole-archive"))
			in.whole = true;
		else if (is_word(&r, "--no-whole-archive"))
			in.whole = false;
		else if ((in.list && in.len) ||
			 (r.word[0] != '-' &&
			  (path_ends(in.name, in.len, ".o") ||
			   path_ends(in.name, in.len, ".a"))))
			err = fn(arg, &in);
	}
	return err;
}

bool cmd_for_target(const char *command, size_t len)
{
	/* KBUILD_CPPFLAGS has the first; parts that are built apart (a boot
	 * wrapper) have the second, which no program of the host could
	 * have; Rust objects have the third. */
	return memmem(command, len, "-D__KERNEL__", 12) ||
	       memmem(command, len, "-nostdinc", 9) ||
	       memmem(command, len, "rustc_cfg", 9);
}
