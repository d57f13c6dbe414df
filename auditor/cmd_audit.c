/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/audit.h"
#include "cli/interrupt.h"
#include "cmd_audit_say.h"
#include "commands.h"
#include "support/pipeline.h"

static int read_options(const struct args *args, struct audit_options *o,
			struct err *e)
{
	int r = args_database(args, &o->db, e);

	o->tree = args_operand(args);
	o->stop = interrupt_catch();
	o->overrides.label = args->given[OPTION_BUILD_LABEL];
	o->overrides.commit = args->given[OPTION_COMMIT];
	o->full = args->given[OPTION_FULL];
	o->messages = !args->given[OPTION_NO_MESSAGES];
	o->verify = args->given[OPTION_VERIFY];
	o->quiet = args->given[OPTION_QUIET];
	o->threads = (unsigned int)args_number(args, OPTION_JOBS,
					       pipeline_default_threads());
	return r;
}

int cmd_audit(const struct args *args, struct err *e)
{
	struct audit_options options = { 0 };
	struct audit_result result;
	int r = read_options(args, &options, e);

	if (r < 0)
		return r;
	r = audit_run(&options, &result, e);
	if (r < 0)
		return interrupt_fail(r, e);
	if (!options.quiet)
		audit_say(&result, options.db, options.full);
	r = result.skipped || result.verified.ndifferences ? EXIT_SKIPPED
							   : EXIT_DONE;
	audit_result_release(&result);
	return r;
}
