/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The objects in which two builds differ, by number.
 */
#ifndef QUERY_CHANGED_OBJECTS_H
#define QUERY_CHANGED_OBJECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "query/database.h"
#include "support/err.h"

struct build_object {
	int64_t path, footprint;
};

struct build_objects {
	struct build_object *list;
	size_t n, room;
};

/* What each has that the other has not, or has with another footprint, by
 * path.  Both are all zeros before; the caller frees their lists, also after
 * an error. */
int changed_objects(const struct database *d, int64_t from_build,
		    int64_t to_build, struct build_objects *from,
		    struct build_objects *to, struct err *e);

/* Has the one object of that footprint that to lacks moved to another path
 * there? */
bool changed_object_moved(const struct build_objects *from,
			  const struct build_objects *to, int64_t footprint,
			  int64_t *ret_path);

#endif
