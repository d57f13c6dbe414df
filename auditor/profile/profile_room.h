/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What libprotobuf-c and zlib are asked: to write a profile as pprof reads it.
 * They are a module of their own (kmemdb-profile.so), loaded for that format
 * alone.
 */
#ifndef PROFILE_PROFILE_ROOM_H
#define PROFILE_PROFILE_ROOM_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "support/err.h"

#define PPROF_LINES_MAX 2
#define PPROF_VALUES 4

struct pprof_function {
	int64_t name, file; /* in strings; 0: not known */
};

struct pprof_location {
	struct {
		uint64_t function; /* 1 + its index */
		int64_t line;	   /* 0: not known */
	} lines[PPROF_LINES_MAX];  /* the innermost first */
	size_t nlines;
};

struct pprof_sample {
	uint64_t *locations; /* 1 + their indexes, the innermost first */
	size_t nlocations;
	int64_t values[PPROF_VALUES];
};

struct pprof_profile {
	char **strings; /* UTF-8; the first is "" */
	size_t nstrings;
	struct pprof_function *functions;
	size_t nfunctions;
	struct pprof_location *locations;
	size_t nlocations;
	struct pprof_sample *samples;
	size_t nsamples;
	struct {
		int64_t type, unit;
	} types[PPROF_VALUES];
	int64_t usual_type; /* what is shown first: a string */
	int64_t image, comment;
};

struct profile_room {
	/* Errors of writing are left in out. */
	int (*write)(const struct pprof_profile *p, FILE *out, struct err *e);
};

#endif
