/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The peaks of branches: the changes of live memory once more, now that the
 * objects of the call sites are known.
 */
#ifndef IMPORT_BRANCH_PEAKS_H
#define IMPORT_BRANCH_PEAKS_H

#include <stdint.h>

#include "model/trace.h"
#include "store/store.h"
#include "support/err.h"
#include "support/remarks.h"
#include "trace/trace_reader.h"

/* Points in time that the memory of a branch is stored for. */
#define BRANCH_POINTS 120

/*
 * Stores the peak of the whole, of each directory, object and call site, and
 * what each branch had over time.  After store_trace and all sites.  Without
 * room for the temporary file they are not known, and notes says so.
 */
int branch_peaks_store(struct store *s, int64_t trace, struct trace_reader *r,
		       struct remarks *notes, struct err *e);

#endif
