/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The summary of an import: what came in, what was joined, what was lost.
 */
#include "cmd_import_say.h"

#include <inttypes.h>

#include "render/diag.h"

static void say_sites(const struct import_result *r)
{
	const size_t *n = r->sites;
	size_t all = n[SITE_OBJECT] + n[SITE_AMBIGUOUS] + n[SITE_UNKNOWN] +
		     n[SITE_NO_OBJECT];

	if (!r->build) {
		diag("  %zu call sites and frames by function name: audit the tree of this kernel for objects and directories\n",
		     n[SITE_NO_BUILD]);
		return;
	}
	diag("  %zu of %zu call sites have an object, %zu are ambiguous, %zu unknown; %" PRIu64
	     " of %" PRIu64 " verified against the build\n",
	     n[SITE_OBJECT], all, n[SITE_AMBIGUOUS],
	     n[SITE_UNKNOWN] + n[SITE_NO_OBJECT], r->agreed, r->checked);
	if (import_disagrees(r))
		diag("  warning: this trace seems to be of another kernel than build %" PRId64
		     ": audit the tree it ran, or name its build with --build\n",
		     r->build);
}

static void say_counts(const struct import_result *r)
{
	const struct trace_counts *c = &r->counts;
	uint64_t lost = c->lost + r->more_lost;

	if (lost || c->lost_unknown || c->overwritten)
		diag("  warning: the kernel lost %" PRIu64 " events (%" PRIu64
		     " times of unknown number, %" PRIu64
		     " overwritten): use a larger buffer\n",
		     lost, c->lost_unknown, c->overwritten);
	if (c->hidden_alloc)
		diag("  warning: pointers of %" PRIu64
		     " allocations are hidden as (____ptrval____), so their end is unknown: boot with no_hash_pointers\n",
		     c->hidden_alloc);
	if (c->stray_stacks)
		diag("  %" PRIu64 " of %" PRIu64
		     " stacks show no event that came before them\n",
		     c->stray_stacks, c->stacks);
	if (c->unreadable)
		diag("  %" PRIu64
		     " lines or records could not be read and were skipped\n",
		     c->unreadable);
	if (c->truncated || c->remark[0])
		diag("  note: %s\n",
		     c->remark[0] ? c->remark : "the log is truncated");
}

static void say_trace(const struct import_options *o,
		      const struct import_result *r)
{
	static const char *const how[] = {
		[BUILD_NONE] = "",
		[BUILD_BY_ID] = " by its build-id",
		[BUILD_NAMED] = " as named",
		[BUILD_NEWEST] = ", the newest",
	};
	uint64_t events = 0;

	for (int i = 0; i < EVENT_NAME_COUNT; i++)
		events += r->counts.events[i];
	diag("kmemdb: trace %" PRId64 " in %s: %" PRIu64 " kmem events of '%s'",
	     r->trace, o->db, events, o->log);
	if (r->build)
		diag(", joined with build %" PRId64 "%s", r->build,
		     how[r->chosen]);
	diag("\n");
	diag("  %" PRIu64 " allocations, %" PRIu64 " unmatched frees\n",
	     r->allocations, r->counts.unmatched_free);
}

void import_say(const struct import_options *o, const struct import_result *r)
{
	if (r->earlier) {
		diag("kmemdb: '%s' was imported before, as trace %" PRId64
		     ": nothing changed\n",
		     o->log, r->earlier);
		return;
	}
	say_trace(o, r);
	say_sites(r);
	say_counts(r);
	for (size_t i = 0; i < remarks_count(&r->notes); i++)
		diag("  note: %s\n", remarks_text(&r->notes, i));
	diag("  (%.2f s)\n", (double)r->spent_ns / 1e9);
}
