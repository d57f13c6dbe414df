/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which objects the linker took, and in which order, where no file tells:
 * members of an archive that is linked on demand (lib.a), of which it takes
 * those that something needs, and those of directories' lists of which some
 * may be left over from an older build.  The symbols of the image tell.
 */
#ifndef LINK_ARCHIVE_MEMBERS_H
#define LINK_ARCHIVE_MEMBERS_H

#include "link/archive_job.h"

/* Is anything to decide?  Without, all are linked as they are listed. */
bool link_has_choice(const struct link_candidate *c, size_t n);

/*
 * Candidates are in the order of the link's command line, members of one
 * archive in the archive's.  image: linked, with symbols.  ret lives in arena.
 * ERR_NOMEM only.
 */
int link_select_members(const struct link_candidate *c, size_t n,
			const struct object_record *image, struct arena *arena,
			struct link_selection *ret, struct err *e);

#endif
