/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paths as archives and lists spell them, made canonical: relative to the
 * tree's root, without ".", ".." and double slashes.  Purely by spelling;
 * that is exact because nothing below the root is reached through a link.
 */
#ifndef KBUILD_PATH_H
#define KBUILD_PATH_H

#include <stdbool.h>
#include <stddef.h>

#define PATH_ROOM 4096 /* with the NUL: no system call takes more */

enum path_result {
	PATH_OK = 0,
	PATH_CLIMBS, /* leaves the tree */
	PATH_BAD,    /* empty, too long, or with a NUL inside */
};

/*
 * Resolves name against dir (canonical, "" is the root) into ret.  root is
 * the tree's absolute path, so that an absolute name below it is understood;
 * every other absolute name climbs.
 */
enum path_result path_resolve(const char *root, const char *dir, size_t dir_len,
			      const char *name, size_t name_len,
			      char ret[PATH_ROOM]);

/* The words for a skip. */
const char *path_result_text(enum path_result r);

/* The length of path's directory: 0 at the root, else without the slash. */
size_t path_dir_len(const char *path);
const char *path_base(const char *path);
bool path_ends(const char *s, size_t len, const char *suffix);

/* The length of a module's path without ".ko", ".ko.xz" and the like; 0: it
 * is not a module's. */
size_t path_module_stem(const char *path);

#endif
