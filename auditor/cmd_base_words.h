/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of kmemdb base: builds and commits of the database, else of the
 * sources' git, where that is still there.  Of cmd_base.c alone.
 */
#ifndef CMD_BASE_WORDS_H
#define CMD_BASE_WORDS_H

#include <stdbool.h>

#include "kbuild/git_history.h"
#include "query/base_choice.h"

/* A word of the command line, and what it means in the sources' git. */
struct base_word {
	const char *text;
	bool any;
	char commit[GIT_ID_MAX]; /* "": git was not asked, or knows it not */
	struct base_subject subject;
};

struct base_words {
	const char *source; /* the sources' directory, or NULL: as recorded */
	struct base_word of, onto;
	struct commit_graph more; /* what git told */
};

/* w is one of b's.  ERR_USAGE where nobody knows it. */
int base_word_find(struct base_words *b, struct base_choice *c,
		   struct base_word *w, struct err *e);
/* After git's commits have joined those of the database. */
int base_word_find_again(struct base_choice *c, struct base_word *w,
			 struct err *e);

#endif
