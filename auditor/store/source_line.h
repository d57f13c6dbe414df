/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source lines of a build's call sites, looked up once, and the builds that an
 * import may choose from.
 */
#ifndef STORE_SOURCE_LINE_H
#define STORE_SOURCE_LINE_H

#include "store/trace.h"

/* 1 and *ret_build, or 0: no build. */
int store_build_newest(struct store *s, int64_t *ret_build, struct err *e);
int store_build_by_build_id(struct store *s, const unsigned char *id,
			    size_t len, int64_t *ret_build, struct err *e);

/* What --build names: an id, a label, a (short) commit.  ERR_USAGE where it
 * names none, or several. */
int store_build_by_ref(struct store *s, const char *ref, int64_t *ret_build,
		       struct err *e);

/* Sorted by image; all live in a. */
int store_lines_wanted(struct store *s, int64_t trace, int64_t build,
		       struct arena *a, struct wanted_line **ret,
		       size_t *ret_count, struct err *e);

/* 1 and *ret, whose texts live in a; or 0. */
int store_image_file(struct store *s, int64_t build, int64_t image,
		     struct arena *a, struct image_file *ret, struct err *e);

/* nframes 0: looked up, nothing is known. */
int store_source_line(struct store *s, int64_t build,
		      const struct wanted_line *at,
		      const struct source_frame *frames, size_t nframes,
		      struct err *e);

/* After all lines: who asked, past inlined allocator headers. */
int store_owners(struct store *s, int64_t trace, int64_t build, struct err *e);

#endif
