/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was built, from what, by what.  kbuild/ fills it; store/ reads it.
 * Strings are NULL where not known, and live in the arena.
 */
#ifndef MODEL_BUILD_H
#define MODEL_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"
#include "support/remarks.h"

enum dirty_state { DIRTY_NO, DIRTY_YES, DIRTY_UNKNOWN };

struct build_info {
	const char *tree;      /* absolute, symbolic links resolved */
	const char *source;    /* of the sources; NULL: in the tree */
	const char *label;     /* --label */
	const char *commit_id; /* full hex, or as given with --commit */
	int64_t commit_ns;     /* since the epoch; 0: not known */
	int64_t author_ns;     /* likewise */
	const char *subject;
	enum dirty_state dirty;
	const char *release; /* include/config/kernel.release */
	const char *arch;
	const char *compiler;
	const char *config; /* the text of .config */
	size_t config_len;
	unsigned char config_hash[16];
	/* Plain words the summary must state, one line each. */
	struct remarks remarks;
	struct arena arena;
};

static inline void build_info_release(struct build_info *b)
{
	remarks_release(&b->remarks);
	arena_release(&b->arena);
}

#endif
