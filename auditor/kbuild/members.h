/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a list to the objects in it.  Private to kbuild/.
 *
 * Functions return 0 or a negative error, with e filled; what a list names and
 * is not there becomes a skip.
 */
#ifndef KBUILD_MEMBERS_H
#define KBUILD_MEMBERS_H

#include "kbuild/builder.h"

/* Puts the leaves of an archive into the newest image; archive is a path in
 * the arena. */
int members_add(struct builder *b, const char *archive, enum object_role role,
		bool lib_member, struct err *e);

/* As members_add, of any file; an object that is a list of others (see
 * lists_as_objects) is replaced by those. */
int members_add_file(struct builder *b, const char *path, enum object_role role,
		     bool lib_member, const char *named_by, struct err *e);

/* Only counts: how many leaves a list has that are there, and how many of
 * them are in the newest image already. */
int members_count(struct builder *b, const char *list, size_t *ret_there,
		  size_t *ret_taken, struct err *e);

/* Whether the file at path begins as an archive does. */
bool members_is_archive(const struct builder *b, const char *path);

#endif
