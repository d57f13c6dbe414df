/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The .cmd files of a tree: finding, reading, and resolving what they name.
 */
#ifndef KBUILD_LINKCMD_H
#define KBUILD_LINKCMD_H

#include "kbuild/builder.h"
#include "kbuild/savedcmd.h"

struct linkcmd {
	char *data; /* the file; NULL: there is none, or it is unreadable */
	const char *command;
	size_t len;
};

/* The command that made the file at path, from ".name.cmd" beside it.  Only
 * its first SAVEDCMD_START_MAX bytes where all is false: enough to tell what it
 * is, and most of these files are lists of headers. */
void linkcmd_of(struct builder *b, const char *path, bool all,
		struct linkcmd *ret);
/* As linkcmd_of, from the .cmd file at cmd_path. */
void linkcmd_read(struct builder *b, const char *cmd_path, bool all,
		  struct linkcmd *ret);
void linkcmd_release(struct linkcmd *c);

/* Whether the command has that option, also within a quoted list of options
 * that it hands to a script. */
bool linkcmd_has_option(const struct linkcmd *c, const char *option);

/* Called for each input, with its path in the tree. */
typedef int linkcmd_fn(void *arg, const char *path,
		       const struct savedcmd_input *in, struct err *e);

/*
 * The inputs of the command, lists ("@file") opened.  Paths are relative to
 * the root, where Kbuild runs its commands.  Those outside are skips, with
 * target as the path that the skip is about; target itself is left out.
 */
int linkcmd_inputs(struct builder *b, const struct linkcmd *c,
		   const char *target, linkcmd_fn *fn, void *arg,
		   struct err *e);

#endif
