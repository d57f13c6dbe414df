/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is known beside the log: files of /proc that options name, else those
 * of the capture.
 */
#ifndef IMPORT_BESIDE_H
#define IMPORT_BESIDE_H

#include <stdint.h>

#include "import/beside_files.h"
#include "import/join_sites.h"
#include "support/arena.h"
#include "support/err.h"
#include "trace/capture/parts_of_capture.h"

/* All zeros: nothing is known.  What own holds is ours. */
struct beside {
	struct capture_part slabinfo, slabs, modules, vmallocinfo;
	char *own[3];
};

/* ERR_FORMAT where a file has not one row of its kind.  Borrows from c; the
 * caller releases *ret also after an error. */
int beside_read(struct beside *ret, const struct beside_files *files,
		const struct capture_info *c, struct err *e);
void beside_release(struct beside *b);

/* The caches of a trace, and what is merged; texts are made in a. */
int beside_store_slabs(const struct beside *b, struct store *s, int64_t trace,
		       struct arena *a, struct err *e);

/* The modules that were loaded; after the trace's own row. */
int beside_store_modules(const struct beside *b, struct store *s, int64_t trace,
			 struct arena *a, struct err *e);

/* The areas of vmalloc; their callers become sites of the trace, after its
 * own. */
int beside_store_vmalloc(const struct beside *b, const struct site_join *j,
			 struct arena *a, struct err *e);

#endif
