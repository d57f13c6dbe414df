/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which commits of a repository have a tag.  Read by libgit2 in a child
 * process with limits, as kbuild/git_info.h.
 */
#ifndef KBUILD_GIT_TAGS_H
#define KBUILD_GIT_TAGS_H

#include <stddef.h>

#include "support/err.h"

#define GIT_TAG_HEX 40

/* Commits in hex, each GIT_TAG_HEX digits and a NUL; some may be there twice. */
struct git_tags {
	char (*commits)[GIT_TAG_HEX + 1];
	size_t count;
};

/* All of them, or ERR_IO: whoever drops what has no tag must know them all.
 * source is a folder of the repository's work tree, or the repository. */
int git_tags_read(const char *source, struct git_tags *ret, struct err *e);
void git_tags_release(struct git_tags *t);

#endif
