/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The images of a tree that is being put together, and their members.  The
 * newest image is the one that is added to.  Private to kbuild/.
 *
 * Functions return 0 or a negative error, with e filled.
 */
#ifndef KBUILD_BUILDER_IMAGES_H
#define KBUILD_BUILDER_IMAGES_H

#include "kbuild/builder.h"

/* Starts the next image, the one builder_member adds to.  path is copied. */
int builder_image(struct builder *b, const char *path, const char *name,
		  enum image_kind kind, struct err *e);

/* Puts an object into the newest image, once, and gives it the role if it
 * has none. */
int builder_member(struct builder *b, uint32_t object, enum object_role role,
		   bool lib_member, struct err *e);

/* As builder_member, by path; what is not there becomes a skip that says
 * who named it. */
int builder_member_path(struct builder *b, const char *path,
			enum object_role role, const char *named_by,
			struct err *e);

/* Notes that the newest image's members from place first on were one object
 * before the link. */
int builder_partial_link_group(struct builder *b, size_t first, struct err *e);

/* Moves the members of the newest image from place n on to its front. */
int builder_to_front(struct builder *b, size_t n, struct err *e);

#endif
