/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One import, passed from step to step (cmd_import*.c).  Nobody else
 * includes this.
 */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/symbol_map.h"
#include "store/store.h"
#include "store/trace.h"
#include "support/arena.h"
#include "support/err.h"
#include "support/progress.h"
#include "support/remarks.h"
#include "symbols/kallsyms_line.h"
#include "symbols/resolve.h"
#include "trace/capture/capture.h"
#include "trace/capture/parts.h"
#include "trace/trace_reader.h"

struct import_options {
	const char *log, *db;
	const char *build, *label, *kallsyms;
	struct trace_options trace;
	bool no_lines; /* do not ask debug information */
	bool quiet;
};

#define SITE_STATES (SITE_NO_BUILD + 1)

struct import {
	struct import_options options;
	struct store *store;
	struct capture *capture; /* NULL: the log is a bare trace */
	struct trace_reader *reader;
	struct alloc_writer *writer;
	struct trace_row row;
	struct symbol_map map;
	bool have_map;
	struct resolver *resolver; /* NULL: no build */
	/* The running kernel's symbols; own_kallsyms: read from --kallsyms. */
	const char *kallsyms;
	char *own_kallsyms;
	size_t kallsyms_len;
	struct kallsyms_name *names; /* of bare addresses, sorted */
	size_t nnames;
	size_t sites[SITE_STATES];
	uint64_t allocations;
	int64_t earlier; /* trace that the same log already is; 0: new */
	struct progress progress;
	/* Plain words for the summary. */
	struct remarks notes;
	struct arena arena;
};

/* import/join_sites.c: the build, and every site's place in it. */
int import_choose_build(struct import *m, struct err *e);
int import_join(struct import *m, struct err *e);
/* Before the trace's row, which has the counts of it. */
int import_put_sites(struct import *m, struct err *e);

/* import/source_lines.c: what debug information says of the sites. */
int import_lines(struct import *m, struct err *e);

/* cmd_import_say.c: the summary, to stderr. */
void import_say(const struct import *m);

/* One line for the summary. */
int import_note(struct import *m, struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
