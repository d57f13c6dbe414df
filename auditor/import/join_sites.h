/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every call site of a trace gets its place in the build, and a row.
 */
#ifndef IMPORT_JOIN_SITES_H
#define IMPORT_JOIN_SITES_H

#include <stddef.h>
#include <stdint.h>

#include "import/kaslr.h"
#include "model/site.h"
#include "model/symbol_map.h"
#include "model/trace.h"
#include "store/trace.h"
#include "support/err.h"
#include "symbols/printed_site.h"

struct site_join {
	struct store *store;
	int64_t trace; /* whose sites */
	const struct trace_names *names;
	const struct running_kernel *running;
	/* Both NULL where there is no build. */
	const struct symbol_map *map;
	struct resolver *resolver;
};

struct site_counts {
	size_t sites[SITE_STATES];
	/* Sites that the build can confirm, and does. */
	uint64_t checked, agreed;
};

/* Stores all sites, 0 ("no caller") first, and counts them. */
int join_sites(const struct site_join *j, struct site_counts *ret,
	       struct err *e);

/* Another one that is none of the trace's own, under a number past them.
 * text is NUL-terminated. */
int join_extra_site(const struct site_join *j, uint32_t id, const char *text,
		    size_t len, struct err *e);

#endif
