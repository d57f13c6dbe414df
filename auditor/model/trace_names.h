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
	uint8_t pointer_bits; /* 32 or 64; 0: not known yet */
};

/* Names of other events kept apart; further ones count under this text. */
#define OTHER_NAMES_MAX 256
#define OTHER_NAMES_REST "(more)"

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
