/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/savedcmd.h"

#include <string.h>

#include "kbuild/path.h"

bool savedcmd_find(const char *buf, size_t len, const char **ret_command,
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

void savedcmd_start(struct savedcmd_reader *r, const char *command, size_t len)
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

static void put(struct savedcmd_reader *r, char c)
{
	/* One too many marks the word as too long. */
	if (r->len < SAVEDCMD_WORD_ROOM)
		r->word[r->len++] = c;
}

/* Copies up to the closing quote; one that is missing ends with the line. */
static void quoted(struct savedcmd_reader *r, char quote)
{
	while (r->p < r->end && *r->p != quote) {
		if (quote == '"' && *r->p == '\\' && r->p + 1 < r->end)
			r->p++;
		put(r, *r->p++);
	}
	if (r->p < r->end)
		r->p++;
}

static void take_word(struct savedcmd_reader *r)
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

enum savedcmd_token savedcmd_next(struct savedcmd_reader *r)
{
	for (;;) {
		while (r->p < r->end && is_space(*r->p))
			r->p++;
		if (r->p == r->end)
			return SAVEDCMD_END;
		if (*r->p == '\\' && r->p + 1 < r->end && r->p[1] == '\n') {
			r->p += 2;
			continue;
		}
		if (is_break(*r->p)) {
			r->p++;
			return SAVEDCMD_BREAK;
		}
		r->len = 0;
		take_word(r);
		if (r->len < SAVEDCMD_WORD_ROOM) {
			r->word[r->len] = '\0';
			return SAVEDCMD_WORD;
		}
	}
}

/* "ld", "arm-linux-gnueabihf-ld", "/usr/bin/ld.lld", "llvm-objcopy-14":
 * tool is a component of its own in the program's name. */
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

static bool is_word(const struct savedcmd_reader *r, const char *word)
{
	return strcmp(r->word, word) == 0;
}

/* A command between two breaks: what it is, and where its words are. */
struct simple_command {
	const char *start;
	enum savedcmd_kind kind;
	bool found; /* at least one object file among its words */
};

static enum savedcmd_kind kind_of_program(const char *word, bool *ret_compiler)
{
	*ret_compiler = is_tool(word, "gcc") || is_tool(word, "clang") ||
			is_tool(word, "cc");
	if (is_tool(word, "ld") || is_tool(word, "lld"))
		return SAVEDCMD_LINK;
	if (is_tool(word, "objcopy") || is_tool(word, "strip"))
		return SAVEDCMD_CONVERT;
	return SAVEDCMD_OTHER;
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

/* Reads one; returns the token that ended it. */
static enum savedcmd_token read_simple(struct savedcmd_reader *r,
				       struct simple_command *ret)
{
	bool compiler = false, program = false, freestanding = false;
	enum savedcmd_token t;

	*ret = (struct simple_command){ .start = r->p };
	while ((t = savedcmd_next(r)) == SAVEDCMD_WORD) {
		if (!program) {
			if (is_prefix(r->word))
				continue;
			ret->kind = kind_of_program(r->word, &compiler);
			program = true;
		} else if (is_word(r, "-r") || is_word(r, "--relocatable")) {
			if (ret->kind == SAVEDCMD_LINK)
				ret->kind = SAVEDCMD_RELOCATE;
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
		ret->kind = SAVEDCMD_LINK;
	if (!ret->found)
		ret->kind = SAVEDCMD_OTHER;
	return t;
}

static bool find_simple(struct savedcmd_reader *r, struct simple_command *ret)
{
	enum savedcmd_token t;

	do {
		t = read_simple(r, ret);
		if (ret->kind != SAVEDCMD_OTHER)
			return true;
	} while (t != SAVEDCMD_END);
	return false;
}

enum savedcmd_kind savedcmd_kind(const char *command, size_t len)
{
	struct savedcmd_reader r;
	struct simple_command c;

	savedcmd_start(&r, command, len);
	return find_simple(&r, &c) ? c.kind : SAVEDCMD_OTHER;
}

/* The options of ld and the compilers whose next word is a file that is
 * written or only read for its names. */
static bool takes_a_file(const struct savedcmd_reader *r)
{
	return is_word(r, "-o") || is_word(r, "-T") || is_word(r, "-Map") ||
	       is_word(r, "-R") || is_word(r, "--just-symbols") ||
	       is_word(r, "--output") || is_word(r, "-soname");
}

int savedcmd_inputs(const char *command, size_t len, savedcmd_input_fn *fn,
		    void *arg)
{
	struct savedcmd_input in = { 0 };
	bool skip = true; /* the program's own name */
	struct savedcmd_reader r;
	struct simple_command c;
	int err = 0;

	savedcmd_start(&r, command, len);
	if (!find_simple(&r, &c))
		return 0;
	savedcmd_start(&r, c.start, (size_t)(command + len - c.start));
	while (!err && savedcmd_next(&r) == SAVEDCMD_WORD) {
		in.list = r.word[0] == '@';
		in.name = r.word + in.list;
		in.len = r.len - in.list;
		if (skip)
			skip = false;
		else if (takes_a_file(&r))
			skip = true;
		else if (is_word(&r, "--whole-archive"))
			in.whole_archive = true;
		else if (is_word(&r, "--no-whole-archive"))
			in.whole_archive = false;
		else if ((in.list && in.len) ||
			 (r.word[0] != '-' &&
			  (path_ends(in.name, in.len, ".o") ||
			   path_ends(in.name, in.len, ".a"))))
			err = fn(arg, &in);
	}
	return err;
}

bool savedcmd_for_target(const char *command, size_t len)
{
	/* KBUILD_CPPFLAGS has the first; parts that are built apart (a boot
	 * wrapper) have the second, which no program of the host could
	 * have; Rust objects have the third. */
	return memmem(command, len, "-D__KERNEL__", 12) ||
	       memmem(command, len, "-nostdinc", 9) ||
	       memmem(command, len, "rustc_cfg", 9);
}
