/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Members of archives that the linker took only where it needed them: what is
 * known of them.
 */
#ifndef LINK_ARCHIVE_JOB_H
#define LINK_ARCHIVE_JOB_H

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

#endif
