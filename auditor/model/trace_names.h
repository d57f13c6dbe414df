/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The texts of the ids of events and allocations, one set a trace.
 */
#ifndef MODEL_TRACE_NAMES_H
#define MODEL_TRACE_NAMES_H

#include "model/site.h"
#include "support/intern.h"

struct trace_names {
	/* Call sites and stack frames, as printed.  Id 0: no caller, shown
	 * as "-". */
	struct intern sites;
	struct intern gfps; /* "GFP_KERNEL|__GFP_ZERO", "0xcc0" */
	struct intern comms;
	struct intern caches;
	struct intern stacks;	/* the bytes of an array of uint32_t site ids,
				 innermost frame first */
	struct intern others;	/* names of events that are only counted */
	uint64_t *other_counts; /* by id in others */
	size_t other_capacity;
	bool sites_left_out;  /* some are in SITE_NAMES_REST */
	bool short_decimals;  /* addresses of 32 bits came in decimal */
	uint8_t pointer_bits; /* 32 or 64; 0: not known yet */
};

/* Names of other events kept apart; further ones count under this text. */
#define OTHER_NAMES_MAX 256
#define OTHER_NAMES_REST "(more)"

/* Different call sites and frames that are kept apart: no kernel has so many
 * calls.  Each costs about a kilobyte until the import ends; further ones
 * count under this text. */
#define SITE_NAMES_MAX ((size_t)1 << 18)
#define SITE_NAMES_REST "(more call sites)"

/* The id of a printed call site or frame; INTERN_NONE: no memory. */
uint32_t trace_names_site_id(struct trace_names *n, const char *s, size_t len);

void trace_names_release(struct trace_names *n);

/* Counts one event of another name; -1 when memory is out. */
int trace_names_count_other(struct trace_names *n, const char *name,
			    size_t len);

/* A site as it was printed, by id (site_text_split); of id 0 all is empty. */
struct trace_site trace_names_site(const struct trace_names *n, uint32_t id);

/* The frames of a stack: *ret_count site ids, innermost first. */
const uint32_t *trace_names_stack(const struct trace_names *n, uint32_t id,
				  size_t *ret_count);

#endif
