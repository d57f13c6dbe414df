/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a .cmd file says: Kbuild keeps the command line that made a target
 * in ".target.cmd" beside it, as "cmd_target := …" ("savedcmd_…" from 6.3).
 *
 * Pure: works on buffers, opens nothing.  The command is split like a shell
 * would, well enough to find its object files; nothing is expanded.
 */
#ifndef KBUILD_SAVEDCMD_H
#define KBUILD_SAVEDCMD_H

#include <stdbool.h>
#include <stddef.h>

#define SAVEDCMD_WORD_ROOM                                                     \
	4096 /* longer words are no paths: they are dropped */

enum savedcmd_token {
	SAVEDCMD_END = 0,
	SAVEDCMD_WORD,
	SAVEDCMD_BREAK /* ; & | ( ) newline */
};

/* Splits one command line into words and breaks. */
struct savedcmd_reader {
	const char *p, *end;
	size_t len; /* of word */
	char word[SAVEDCMD_WORD_ROOM];
};

void savedcmd_start(struct savedcmd_reader *r, const char *command, size_t len);
enum savedcmd_token savedcmd_next(struct savedcmd_reader *r);

/* What made the target; the first of several commands that is one decides. */
enum savedcmd_kind {
	SAVEDCMD_OTHER = 0,
	SAVEDCMD_LINK, /* ld, or a compiler with -nostdlib: a loadable image */
	SAVEDCMD_RELOCATE, /* ld -r */
	SAVEDCMD_CONVERT,  /* objcopy, strip */
};

/* One input of such a command. */
struct savedcmd_input {
	const char *name; /* an .o or .a file; of an "@list" without the '@' */
	size_t len;
	bool list;	    /* name is a file that lists the inputs */
	bool whole_archive; /* between --whole-archive and --no-whole-archive */
};

/* Called for each input in its order; not 0 stops, and is returned. */
typedef int savedcmd_input_fn(void *arg, const struct savedcmd_input *in);

/*
 * Finds the command of a .cmd file: everything right of its first ":=",
 * with the lines that a backslash continues.  false where there is none.
 */
bool savedcmd_find(const char *buf, size_t len, const char **ret_command,
		   size_t *ret_len);

/* What the command does. */
enum savedcmd_kind savedcmd_kind(const char *command, size_t len);

/* The inputs of the command that savedcmd_kind found. */
int savedcmd_inputs(const char *command, size_t len, savedcmd_input_fn *fn,
		    void *arg);

/* Whether a compiler made the target for the kernel, not for the host. */
bool savedcmd_for_target(const char *command, size_t len);

#endif
