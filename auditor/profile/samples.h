/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The allocations of a trace as weighed stacks, for the formats of other
 * programs.  Their sums are those of `kmemdb query accounting` with the same
 * options.
 */
#ifndef PROFILE_SAMPLES_H
#define PROFILE_SAMPLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "query/database.h"
#include "query/param.h"
#include "support/arena.h"
#include "support/err.h"

/* A call site, or a frame of a stack. */
struct profile_site {
	const char *place;    /* its object, or in parentheses why not */
	const char *function; /* that holds the call */
	const char *owner;    /* that the line is in: inlined, where another */
	const char *file;     /* NULL: not known */
	const char *image;    /* NULL: not known */
	int64_t line;	      /* 0: not known */
};

enum profile_value {
	PROFILE_ALLOCS,
	PROFILE_TOTAL,
	PROFILE_LIVE_COUNT,
	PROFILE_LIVE,
	PROFILE_WASTE,
	PROFILE_VALUES
};

struct profile_sample {
	const struct profile_site *site;
	/* Sites of the stack, outermost first, down to the call: what is inside
	 * of that are the allocator and the tracer. */
	const uint32_t *frames;
	size_t nframes; /* 0: no stack was traced */
	bool apart;	/* the site is none of them */
	int64_t value[PROFILE_VALUES];
};

struct samples {
	struct profile_site
		*sites; /* by number; function NULL: there is none */
	size_t nsites;
	uint32_t *frames; /* of all stacks, adjacent */
	size_t nframes, frames_room;
	size_t *stacks; /* by number, where its frames begin; one more at the end */
	size_t nstacks;
	struct profile_sample *list;
	size_t n, room;
	struct arena arena;
};

/*
 * given: words of the user, those that a trace takes are used.  ERR_USAGE
 * where one names nothing.  The caller releases *ret, also after an error.
 */
int samples_read(const struct database *d, const char *const given[PARAM_COUNT],
		 struct samples *ret, struct err *e);

void samples_release(struct samples *s);

#endif
