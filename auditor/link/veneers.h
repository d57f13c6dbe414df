/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Veneers (stubs): code that the linker makes where a branch does not reach its
 * target or must change the instruction set.  Private to link/.
 *
 * Both functions return 0 or a negative error, with e filled.
 */
#ifndef LINK_VENEERS_H
#define LINK_VENEERS_H

#include "link/work.h"

/* Veneers follow the code that needs them at this alignment. */
#define STUB_ALIGN 8

struct veneer {
	uint64_t start, end; /* addresses in the image */
};

/* Those of the image; lives in link_work.scratch. */
struct veneers {
	struct veneer *list;
	size_t n, next;
	const char *subject; /* of those after the section subject_of */
	uint32_t subject_of;
};

int veneers_find(struct veneers *v, struct link_work *w, struct err *e);

/* Before *dot passes to end in the output: places the veneers that are in
 * between, after the section last_sec (or NO_SEC), and moves *dot after them. */
int veneers_place(struct veneers *v, struct link_work *w, uint32_t output,
		  uint32_t last_sec, uint64_t end, uint64_t *dot,
		  struct err *e);

#endif
