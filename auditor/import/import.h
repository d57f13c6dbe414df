/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One import: a log is read, joined with a build and stored, in one
 * transaction.
 */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "import/beside_files.h"
#include "model/site.h"
#include "model/trace.h"
#include "support/err.h"
#include "support/remarks.h"
#include "trace/reader_options.h"

struct import_options {
	const char *log, *db;
	/* Each may be NULL: the build's reference, the trace's name, the
	 * file of the running kernel's symbols. */
	const char *build, *label, *kallsyms;
	struct beside_files files;
	struct trace_options trace;
	bool no_lines; /* do not ask debug information */
	bool quiet;    /* no progress on stderr */
	/* Not 0: give up (store/store.h); NULL: never. */
	const volatile sig_atomic_t *stop;
};

/* What came in, what was joined, what was lost. */
struct import_result {
	int64_t trace;
	int64_t earlier; /* not 0: the log already is this trace, and nothing
			    was stored */
	int64_t build;	 /* 0: none */
	enum build_choice chosen;
	uint64_t allocations;
	size_t sites[SITE_STATES];
	uint64_t checked, agreed; /* sites the build can confirm, and does */
	struct trace_counts counts;
	uint64_t more_lost; /* lost events that only the buffer's counters
			       know, beyond those of counts */
	bool more_logs;	    /* the file held traces that were left out */
	struct remarks notes;
	uint64_t spent_ns;
};

/*
 * Errors: those of the log and of the database; ERR_USAGE where build names
 * none.  Then the database is as before, and *ret is untouched.  Else the
 * caller releases *ret.
 */
int import_run(const struct import_options *o, struct import_result *ret,
	       struct err *e);
void import_result_release(struct import_result *r);

/* Whether the trace seems to be of another kernel than the build: of what
 * could be confirmed, less than 95 % was. */
static inline bool import_disagrees(const struct import_result *r)
{
	return r->agreed * 100 < r->checked * 95;
}

#endif
