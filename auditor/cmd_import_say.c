/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The summary of an import: what came in, what was joined, what was lost.
 */
#include <inttypes.h>
#include <stdio.h>

#include "import/import.h"
#include "render/diag.h"

static void say_sites(const struct import *m)
{
	const size_t *n = m->sites;
	size_t all = n[SITE_OBJECT] + n[SITE_AMBIGUOUS] + n[SITE_UNKNOWN] +
		     n[SITE_NO_OBJECT];

	if (!m->row.build) {
		diag("  %zu call sites and frames by function name: audit the tree of this kernel for objects and directories\n",
		     n[SITE_NO_BUILD]);
		return;
	}
	diag("  %zu of %zu call sites have an object, %zu are ambiguous, %zu unknown; %" PRIu64
	     " of %" PRIu64 " agree with the build\n",
	     n[SITE_OBJECT], all, n[SITE_AMBIGUOUS],
	     n[SITE_UNKNOWN] + n[SITE_NO_OBJECT], m->row.agreed,
	     m->row.checked);
	if (m->row.checked && m->row.agreed * 100 < m->row.checked * 95)
		diag("  warning: this trace seems to be of another kernel than build %" PRId64
		     ": audit the tree it ran, or name its build with --build\n",
		     m->row.build);
}

static void say_counts(const struct import *m)
{
	const struct trace_counts *c = &trace_reader_result(m->reader)->counts;

	if (c->lost + m->row.more_lost || c->lost_unknown || c->overwritten)
		diag("  warning: the kernel lost %" PRIu64 " events (%" PRIu64
		     " times of unknown number, %" PRIu64
		     " overwritten): use a larger buffer\n",
		     c->lost + m->row.more_lost, c->lost_unknown,
		     c->overwritten);
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
		     c->remark[0] ? c->remark : "the log breaks off");
}

void import_say(const struct import *m)
{
	const struct trace_result *t = trace_reader_result(m->reader);
	static const char *const how[] = {
		[BUILD_NONE] = "",
		[BUILD_BY_ID] = " by its build-id",
		[BUILD_NAMED] = " as named",
		[BUILD_NEWEST] = ", the newest",
	};
	double seconds = (double)(clock_real_ns() - m->row.imported_ns) / 1e9;
	uint64_t events = 0;

	for (int i = 0; i < EVENT_NAME_COUNT; i++)
		events += t->counts.events[i];
	diag("kmemdb: trace %" PRId64 " in %s: %" PRIu64 " kmem events of '%s'",
	     m->row.id, m->options.db, events, m->options.log);
	if (m->row.build)
		diag(", joined with build %" PRId64 "%s", m->row.build,
		     how[m->row.chosen]);
	diag("\n");
	diag("  %" PRIu64 " allocations, %" PRIu64 " frees that matched none\n",
	     m->allocations, t->counts.unmatched_free);
	say_sites(m);
	say_counts(m);
	if (*capture_info(m->capture)->remark)
		diag("  note: %s\n", capture_info(m->capture)->remark);
	for (size_t i = 0; i < remarks_count(&m->notes); i++)
		diag("  note: %s\n", remarks_text(&m->notes, i));
	diag("  (%.2f s)\n", seconds);
}
