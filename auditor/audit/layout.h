/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the link put the objects of vmlinux, and how long each section stays.
 */
#ifndef AUDIT_LAYOUT_H
#define AUDIT_LAYOUT_H

#include "audit/steps.h"

/* Settles which objects are in vmlinux (their role, the image's members), and
 * lays them out. */
int lay_out(struct audit_input *in, const struct measured *m,
	    struct laid_out *ret, struct err *e);

/* More than 0.1 % of the image unexplained: the layout is wrong
 * somewhere. */
bool layout_is_doubtful(const struct layout *l, int64_t *ret_unexplained,
			int64_t *ret_image);

/*
 * How long each section of a record stays, and the output section's name or
 * NULL: both have record->nsections entries.  By place: p[0..n) are the
 * record's, and output sections are of the image.  By name: of a module, or
 * of vmlinux where nothing better is known.
 */
void placements_by_place(const struct laid_out *l,
			 const struct object_record *image,
			 const struct object_record *record,
			 const struct placement *p, size_t n,
			 const char **outputs, unsigned char *lifetimes);
void placements_by_name(const struct object_record *record, bool module,
			const char **outputs, unsigned char *lifetimes);

#endif
