/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "cli/interrupt.h"
#include "cmd_import_say.h"
#include "commands.h"
#include "import/import.h"
#include "trace/detect.h"

static int read_options(const struct args *a, struct import_options *o,
			struct err *e)
{
	const char *format = a->given[OPTION_LOG_FORMAT];
	uint64_t page = args_number(a, OPTION_PAGE_SIZE, 0);
	int r = args_database(a, &o->db, e);

	if (r == 0 && format)
		r = trace_format_by_name(format, &o->trace.format, e);
	if (r == 0 && (page & (page - 1)))
		r = args_usage(
			a, e,
			"option '--page-size' takes a power of two, not %" PRIu64,
			page);
	o->log = args_operand(a);
	o->stop = interrupt_catch();
	o->build = a->given[OPTION_TRACED_BUILD];
	o->label = a->given[OPTION_TRACE_LABEL];
	o->kallsyms = a->given[OPTION_KALLSYMS];
	o->files.slabinfo = a->given[OPTION_SLABINFO];
	o->files.modules = a->given[OPTION_MODULES];
	o->files.vmallocinfo = a->given[OPTION_VMALLOCINFO];
	o->no_lines = a->given[OPTION_NO_LINES];
	o->quiet = a->given[OPTION_QUIET];
	o->trace.page_size = (uint32_t)page;
	o->trace.want_kallsyms = true;
	o->trace.max_bytes = args_number(a, OPTION_MAX_SIZE, 0) << 20;
	return r;
}

int cmd_import(const struct args *args, struct err *e)
{
	struct import_options o = { .log = NULL };
	struct import_result result;
	int r = read_options(args, &o, e);

	if (r < 0)
		return r;
	r = import_run(&o, &result, e);
	if (r < 0)
		return interrupt_fail(r, e);
	if (!o.quiet)
		import_say(&o, &result);
	r = result.counts.unreadable || result.counts.truncated ||
			    result.counts.disordered || result.counts.copied ||
			    result.more_logs || import_disagrees(&result)
		    ? EXIT_SKIPPED
		    : EXIT_DONE;
	import_result_release(&result);
	return r;
}
