/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/interrupt.h"
#include "commands.h"
#include "exchange/merge.h"
#include "render/diag.h"

static void say(const char *db, const struct copy_counts *n)
{
	diag("kmemdb: %zu builds and %zu traces new in %s, %zu footprints\n",
	     n->builds_added, n->traces_added, db, n->footprints);
	if (n->builds_replaced || n->traces_replaced)
		diag("  %zu builds and %zu traces replaced: the others' were audited or imported later\n",
		     n->builds_replaced, n->traces_replaced);
	if (n->builds_known || n->traces_known)
		diag("  %zu builds and %zu traces were there, or stay because they are newer\n",
		     n->builds_known, n->traces_known);
}

int cmd_merge(const struct args *a, struct err *e)
{
	const struct query_stop stop = { .interrupted = interrupt_catch() };
	struct merge_options o = {
		.others = a->operands,
		.nothers = a->noperands,
		.quiet = a->given[OPTION_QUIET],
		.stop = &stop,
	};
	struct copy_counts counts;
	int r = args_database(a, &o.db, e);

	if (r == 0)
		r = merge_run(&o, &counts, e);
	if (r < 0)
		return interrupt_fail(r, e);
	if (!o.quiet)
		say(o.db, &counts);
	return EXIT_DONE;
}
