/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The source lines and inline chains of a trace's call sites.  Debug
 * information is read from the tree the first time an address is seen in a
 * build; after that the database has it, and the tree may be gone.
 */
#ifndef IMPORT_SOURCE_LINES_H
#define IMPORT_SOURCE_LINES_H

#include <stdint.h>

#include "store/store.h"
#include "support/arena.h"
#include "support/err.h"
#include "support/remarks.h"

/*
 * Looks up what is wanted and stores it, then who asked for each site.  An
 * image without its file or its debug information is noted, which is not a
 * failure.  Texts are made in a.
 */
int source_lines_store(struct store *s, int64_t trace, int64_t build,
		       struct arena *a, struct remarks *notes, struct err *e);

#endif
