/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is asked of trailers, and what was found; as it is, it comes through a
 * child's pipe.  Plain data.
 */
#ifndef KBUILD_TRAILERS_H
#define KBUILD_TRAILERS_H

#include <stdbool.h>

#define TRAILERS_TEXT_MAX 800

struct trailers_question {
	const char *source, *commit, *base; /* commit NULL: message holds */
	const char *message;
	const char *key;
};

struct git_trailers {
	bool found;
	/* "3fa2b1c09d11: a bigger table; 5d0...", or of a message the reasons
	 * alone; cut where there are many. */
	char text[TRAILERS_TEXT_MAX];
	/* What could not be read, or "". */
	char note[256];
};

#endif
