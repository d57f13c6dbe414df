/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which objects the linker took, and in which order, where no file tells:
 * members of an archive that is linked on demand (lib.a), of which it takes
 * those that something needs, and those of directories' lists of which some
 * may be left over from an older build.  The symbols of the image tell.
 */
#ifndef LINK_ARCHIVE_MEMBERS_H
#define LINK_ARCHIVE_MEMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/object.h"
#include "support/arena.h"
#include "support/err.h"

struct link_candidate {
	const struct object_record *record; /* with symbols; NULL: not read */
	bool on_demand; /* an archive's member, linked only where needed */
	/* 1…: the list it is in is linked as a whole or not at all; 0: it is
	 * linked for certain (or on demand). */
	uint32_t dir_list;
};

struct link_selection {
	/* Indices of the candidates that were linked, in the link's order. */
	uint32_t *order;
	size_t norder;
	/* Of lists that the image has nothing of: left over; one of them. */
	size_t nleft_over;
	uint32_t left_over;
	/* Of lists of which no symbol tells: taken as linked; one of them. */
	size_t nunsure;
	uint32_t unsure;
};

/* Is anything to decide?  Without, all are linked as they are listed. */
bool link_has_choice(const struct link_candidate *c, size_t n);

/*
 * Candidates stand in the order of the link's command line, members of one
 * archive in the archive's.  image: linked, with symbols.  ret lives in arena.
 * ERR_NOMEM only.
 */
int link_select_members(const struct link_candidate *c, size_t n,
			const struct object_record *image, struct arena *arena,
			struct link_selection *ret, struct err *e);

#endif
