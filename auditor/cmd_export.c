/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "cli/interrupt.h"
#include "commands.h"
#include "exchange/export.h"
#include "render/diag.h"

int cmd_export(const struct args *a, struct err *e)
{
	const struct query_stop stop = { .interrupted = interrupt_catch() };
	struct export_options o = {
		.build = args_operand(a),
		.output = a->given[OPTION_EXPORT],
		.slim = a->given[OPTION_SLIM],
		.stop = &stop,
	};
	struct export_result result;
	int r;

	if (!o.output || !*o.output)
		return args_usage(
			a, e,
			"no file named to write, as in kmemdb export -o one.db");
	r = args_database(a, &o.db, e);
	if (r == 0)
		r = export_run(&o, &result, e);
	if (r < 0)
		return interrupt_fail(r, e);
	if (!a->given[OPTION_QUIET])
		diag("kmemdb: build %" PRId64 " and %zu trace%s in %s: %" PRId64
		     " KiB\n",
		     result.build, result.counts.traces_added,
		     result.counts.traces_added == 1 ? "" : "s", o.output,
		     result.bytes >> 10);
	return EXIT_DONE;
}
