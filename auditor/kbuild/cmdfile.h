/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a .cmd file says: Kbuild keeps the command line that made a target
 * in ".target.cmd" beside it, as "cmd_target := …" ("savedcmd_…" from 6.3).
 *
 * Pure: works on buffers, opens nothing.  The command is split like a shell
 * would, well enough to find its object files; nothing is expanded.
 */
#ifndef KBUILD_CMDFILE_H
#define KBUILD_CMDFILE_H

#include <stdbool.h>
#include <stddef.h>

#define CMD_WORD_ROOM 4096 /* longer words are no paths: they are dropped */

enum cmd_token { CMD_END = 0, CMD_WORD, CMD_BREAK /* ; & | ( ) newline */ };

/* Splits one command line into words and breaks. */
struct cmd_reader {
	const char *p, *end;
	size_t len; /* of word */
	char word[CMD_WORD_ROOM];
};

void cmd_start(struct cmd_reader *r, const char *command, size_t len);
enum cmd_token cmd_next(struct cmd_reader *r);

/* What made the target; the first part of a command that is one decides. */
enum cmd_kind {
	CMD_OTHER = 0,
	CMD_LINK,     /* ld, or a compiler with -nostdlib: a loadable image */
	CMD_RELOCATE, /* ld -r */
	CMD_CONVERT,  /* objcopy, strip */
};

/* One input of such a command. */
struct cmd_input {
	const char *name; /* an .o or .a file; of an "@list" without the '@' */
	size_t len;
	bool list;  /* name is a file that lists the inputs */
	bool whole; /* between --whole-archive and --no-whole-archive */
};

/* Called for each input in its order; not 0 stops, and is returned. */
typedef int cmd_input_fn(void *arg, const struct cmd_input *in);

/*
 * Finds the command of a .cmd file: everything right of its first ":=",
 * with the lines that a backslash continues.  false where there is none.
 */
bool cmdfile_command(const char *buf, size_t len, const char **ret_command,
		     size_t *ret_len);

/* What the command does. */
enum cmd_kind cmd_kind(const char *command, size_t len);

/* The inputs of the part that cmd_kind found. */
int cmd_inputs(const char *command, size_t len, cmd_input_fn *fn, void *arg);

/* Whether a compiler made the target for the kernel, not for the host. */
bool cmd_for_target(const char *command, size_t len);

#endif
