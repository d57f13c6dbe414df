/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the code of vmlinux is, by the blobs that the audit of the build
 * kept.
 */
#ifndef CODEMAP_VMLINUX_LAYOUT_H
#define CODEMAP_VMLINUX_LAYOUT_H

#include "codemap/blob.h"
#include "codemap/builder.h"

/* Both at their beginning; borrowed. */
struct image_blobs {
	struct blob_cursor places, symbols;
};

/*
 * Lays out the members of the image that was added last.  blobs NULL: the
 * layout is not known, so that the image is not placed and only offsets in
 * sections are right.  -ERR_DB for damaged blobs; -ERR_NOMEM.
 */
int codemap_lay_out_vmlinux(struct codemap_builder *b,
			    struct image_blobs *blobs, struct err *e);

#endif
