/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "cli/interrupt.h"
#include "commands.h"
#include "exchange/forget.h"
#include "render/diag.h"

static void say(const struct forget_result *r)
{
	diag("kmemdb: %zu build%s and %zu trace%s forgotten\n", r->builds,
	     r->builds == 1 ? "" : "s", r->traces, r->traces == 1 ? "" : "s");
	if (r->given_back > 0)
		diag("  %" PRId64 " KiB given back, %" PRId64 " KiB left\n",
		     r->given_back >> 10, r->bytes >> 10);
	else if (r->free_bytes)
		diag("  %" PRId64 " of %" PRId64
		     " KiB are free for what comes next; --compact gives them back\n",
		     r->free_bytes >> 10, r->bytes >> 10);
}

int cmd_forget(const struct args *a, struct err *e)
{
	const struct query_stop stop = { .interrupted = interrupt_catch() };
	struct forget_options o = {
		.refs = a->operands,
		.nrefs = a->noperands,
		.build = a->given[OPTION_FORGET_BUILD],
		.trace = a->given[OPTION_FORGET_TRACE],
		.compact = a->given[OPTION_COMPACT],
		.quiet = a->given[OPTION_QUIET],
		.stop = &stop,
	};
	struct forget_result result;
	int r;

	if (!o.nrefs && !o.build && !o.trace)
		return args_usage(
			a, e,
			"no build or trace named to forget, as in kmemdb forget 3");
	r = args_database(a, &o.db, e);
	if (r == 0)
		r = forget_run(&o, &result, e);
	if (r < 0)
		return interrupt_fail(r, e);
	if (!o.quiet)
		say(&result);
	return EXIT_DONE;
}
