/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `kmemdb export --format`: what a build or a trace has, in the formats of
 * programs that draw it.
 */
#ifndef PROFILE_PROFILE_H
#define PROFILE_PROFILE_H

#include <stdbool.h>
#include <stdio.h>

#include "query/database.h"
#include "query/param.h"
#include "support/err.h"

struct profile_request {
	const char *given[PARAM_COUNT]; /* the user's words, NULL: none */
	const char *attr; /* a word of PROFILE_ATTRS; NULL: live */
	bool directories; /* directories and functions, not traced stacks */
	FILE *out;	  /* errors of writing are left in it */
};

#define PROFILE_ATTRS "live waste total allocs live-count static"

/* ERR_USAGE where a word names nothing, or the format does not take it. */
typedef int profile_write(const struct database *d,
			  const struct profile_request *r, struct err *e);

/* A line a stack: frames from the outermost on with ';' between, a blank, the
 * weight.  Names have no ';' and no line ends: they are written \x3b. */
profile_write folded_write;

/* profile.proto of pprof, compressed: four values a sample, alloc_objects,
 * alloc_space, inuse_objects and inuse_space. */
profile_write pprof_write;

/* JSON of the trace-event format: live bytes of each directory at the top
 * (report timeline-by-branch) as a counter track. */
profile_write perfetto_write;

#endif
