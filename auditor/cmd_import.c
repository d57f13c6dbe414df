/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/import.h"
#include "commands.h"
#include "render/diag.h"
#include "support/digest.h"
#include "trace/detect.h"

static const char usage[] =
	"usage: kmemdb import [OPTIONS] LOG\n"
	"\n"
	"Loads a kmem trace into the database and joins its call sites with an\n"
	"audited build.  LOG is the text of trace or trace_pipe, of trace-cmd\n"
	"report or perf script, a trace.dat, or the tar that scripts/capture.sh\n"
	"made; compressed or not; - is standard input.\n"
	"\n"
	"  --db FILE        database; default $KMEMDB, else kmem.db\n"
	"  --build REF      the build it ran: an id, a label or a (short) commit;\n"
	"                   default: by the capture's build-id, else the newest\n"
	"  --label TEXT     name of the trace, for --trace\n"
	"  --kallsyms FILE  /proc/kallsyms of the traced kernel\n"
	"  --format WORD    auto, text or dat; default: auto\n"
	"  --page-size N    bytes of a page there, where the log does not say\n"
	"  --no-lines       do not look up source lines\n"
	"  -q, --quiet      no progress, no summary\n"
	"  -h, --help       this\n"
	"\n"
	"Exit: 0 done; 1 done, but lines could not be read; 2 usage; 3 the log\n"
	"or the database cannot be used.\n";

enum {
	OPT_DB = 256,
	OPT_BUILD,
	OPT_LABEL,
	OPT_KALLSYMS,
	OPT_FORMAT,
	OPT_PAGE_SIZE,
	OPT_NO_LINES,
};

static const struct option long_options[] = {
	{ "db", required_argument, NULL, OPT_DB },
	{ "build", required_argument, NULL, OPT_BUILD },
	{ "label", required_argument, NULL, OPT_LABEL },
	{ "kallsyms", required_argument, NULL, OPT_KALLSYMS },
	{ "format", required_argument, NULL, OPT_FORMAT },
	{ "page-size", required_argument, NULL, OPT_PAGE_SIZE },
	{ "no-lines", no_argument, NULL, OPT_NO_LINES },
	{ "quiet", no_argument, NULL, 'q' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static int parse_page_size(const char *text, uint32_t *ret, struct err *e)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	if (end == text || *end || n < 1024 || n > 1024 * 1024 || (n & (n - 1)))
		return err_set(
			e, ERR_USAGE,
			"--page-size takes a power of two from 1024 to 1048576, not '%.40s'",
			text);
	*ret = (uint32_t)n;
	return 0;
}

static int take(int c, struct import_options *o, char **argv, struct err *e)
{
	switch (c) {
	case OPT_DB:
		o->db = optarg;
		return 0;
	case OPT_BUILD:
		o->build = optarg;
		return 0;
	case OPT_LABEL:
		o->label = optarg;
		return 0;
	case OPT_KALLSYMS:
		o->kallsyms = optarg;
		return 0;
	case OPT_FORMAT:
		return trace_format_by_name(optarg, &o->trace.format, e);
	case OPT_PAGE_SIZE:
		return parse_page_size(optarg, &o->trace.page_size, e);
	case OPT_NO_LINES:
		o->no_lines = true;
		return 0;
	case 'q':
		o->quiet = true;
		return 0;
	case ':':
		return err_set(
			e, ERR_USAGE,
			"option '%s' needs a value: see kmemdb import --help",
			argv[optind - 1]);
	default:
		return err_set(e, ERR_USAGE,
			       "unknown option '%s': see kmemdb import --help",
			       argv[optind - 1]);
	}
}

/* 1: help was asked for and given. */
static int parse(int argc, char **argv, struct import_options *o, struct err *e)
{
	const char *env = getenv("KMEMDB");
	int c, r;

	o->db = env && *env ? env : "kmem.db";
	o->trace.want_kallsyms = true;
	opterr = 0;
	optind = 1;
	while ((c = getopt_long(argc, argv, ":qh", long_options, NULL)) != -1) {
		if (c == 'h') {
			fputs(usage, stdout);
			return 1;
		}
		if ((r = take(c, o, argv, e)) < 0)
			return r;
	}
	if (optind + 1 != argc)
		return err_set(
			e, ERR_USAGE,
			optind == argc
				? "no log named: kmemdb import LOG, where LOG is a kmem trace"
				: "one log at a time: see kmemdb import --help");
	o->log = argv[optind];
	return 0;
}

int import_note(struct import *m, struct err *e, const char *fmt, ...)
{
	va_list ap;
	int r;

	va_start(ap, fmt);
	r = remarks_vadd(&m->notes, e, fmt, ap);
	va_end(ap);
	return r;
}

/* ---- reading ---- */

static int on_allocation(void *ctx, const struct allocation *a, struct err *e)
{
	struct import *m = ctx;

	if ((++m->allocations & 0xfff) == 0)
		progress_update(&m->progress, m->allocations);
	return alloc_writer_put(m->writer, a, e);
}

static int open_log(struct import *m, struct err *e)
{
	int r = capture_open(m->options.log, &m->capture, e);

	if (r < 0)
		return r;
	return capture_reader_open(m->capture, &m->options.trace, &m->reader,
				   e);
}

static int read_log(struct import *m, struct err *e)
{
	const struct trace_sink sink = { m, on_allocation };
	int r;

	r = alloc_writer_new(m->store, m->row.id,
			     trace_reader_result(m->reader)->names, &m->writer,
			     e);
	if (r < 0)
		return r;
	progress_start(&m->progress, m->options.quiet, "allocations", 0);
	r = trace_reader_run(m->reader, sink, e);
	progress_end(&m->progress);
	return r;
}

/* Of what the log says, whatever it was wrapped in: a log that is imported
 * again as .gz is the same one. */
static int make_digest(struct import *m, struct err *e)
{
	const struct trace_result *t = trace_reader_result(m->reader);
	struct digest d;

	if (digest_begin(&d, e))
		return -(int)e->code;
	digest_add(&d, &m->row.range.hash, sizeof(m->row.range.hash));
	digest_add(&d, t->counts.events, sizeof(t->counts.events));
	digest_add(&d, &t->counts.begin_ns, sizeof(t->counts.begin_ns));
	digest_add(&d, &t->counts.end_ns, sizeof(t->counts.end_ns));
	for (uint32_t i = 0; i < t->names->sites.count; i++) {
		struct intern_text text = intern_get(&t->names->sites, i);

		digest_add(&d, text.text, text.len);
	}
	digest_end(&d, m->row.digest);
	return 0;
}

static int put_slabs(struct import *m, struct err *e)
{
	const struct capture_part *part = &capture_info(m->capture)->slabinfo;
	struct slabinfo text = { .p = part->p };
	struct capture_slab slab;
	int r = 0;

	if (!part->p)
		return 0;
	text.end = part->p + part->len;
	while (r == 0 && slabinfo_next(&text, &slab)) {
		const struct slab_row row = {
			.name = arena_strndup(&m->arena, slab.name,
					      slab.name_len),
			.active_objects = slab.active_objects,
			.objects = slab.objects,
			.object_bytes = slab.object_bytes,
			.objects_per_slab = slab.objects_per_slab,
			.pages_per_slab = slab.pages_per_slab,
		};

		r = row.name ? store_slab(m->store, m->row.id, &row, e)
			     : err_nomem(e);
	}
	return r;
}

/* What the buffer's own counters know beyond the log: a text that was cut
 * out of the buffer does not say what was overwritten before. */
static void count_lost(struct import *m)
{
	const struct capture_part *part = &capture_info(m->capture)->stats;
	const struct trace_counts *c = &trace_reader_result(m->reader)->counts;
	struct capture_stats stats;
	uint64_t said = c->lost + c->overwritten, all;

	if (!part->p)
		return;
	capture_stats(part->p, part->len, &stats);
	all = stats.overrun + stats.commit_overrun + stats.dropped;
	m->row.more_lost = all > said ? all - said : 0;
}

/* The steps between begin and commit; m->earlier says that there is nothing
 * to commit. */
static int run_transaction(struct import *m, struct err *e)
{
	const struct trace_result *t = trace_reader_result(m->reader);
	int r;

	if ((r = store_trace_next(m->store, &m->row.id, e)) < 0 ||
	    (r = import_choose_build(m, e)) < 0 || (r = read_log(m, e)) < 0)
		return r;
	if ((r = alloc_writer_finish(m->writer, &m->row.range, e)) < 0)
		return r;
	if ((r = make_digest(m, e)) < 0)
		return r;
	count_lost(m);
	r = store_trace_find(m->store, m->row.digest, m->row.build, &m->earlier,
			     e);
	if (r != 0)
		return r < 0 ? r : 0;
	if ((r = import_join(m, e)) < 0 || (r = import_put_sites(m, e)) < 0 ||
	    (r = store_trace(m->store, &m->row, t, e)) < 0 ||
	    (r = put_slabs(m, e)) < 0)
		return r;
	return m->options.no_lines ? 0 : import_lines(m, e);
}

static int run(struct import *m, struct err *e)
{
	int r;

	m->row.source = m->options.log;
	m->row.label = m->options.label;
	m->row.imported_ns = clock_real_ns();
	if ((r = open_log(m, e)) < 0 ||
	    (r = store_open(m->options.db, &m->store, e)) < 0 ||
	    (r = store_begin(m->store, 3600 * 1000, e)) < 0)
		return r;
	r = run_transaction(m, e);
	if (r < 0)
		return r;
	if (m->earlier) {
		store_rollback(m->store);
		return 0;
	}
	return store_commit(m->store, e);
}

static void release(struct import *m)
{
	resolver_free(m->resolver);
	if (m->have_map)
		symbol_map_release(&m->map);
	alloc_writer_free(m->writer);
	trace_reader_free(m->reader);
	capture_free(m->capture);
	store_close(m->store);
	remarks_release(&m->notes);
	free(m->names);
	free(m->own_kallsyms);
	arena_release(&m->arena);
}

int cmd_import(int argc, char **argv, struct err *e)
{
	struct import m = { .row.build = 0 };
	int r = parse(argc, argv, &m.options, e);

	if (r != 0)
		return r < 0 ? r : EXIT_DONE;
	r = run(&m, e);
	if (r == 0 && m.earlier && !m.options.quiet)
		diag("kmemdb: '%s' was imported before, as trace %" PRId64
		     ": nothing changed\n",
		     m.options.log, m.earlier);
	else if (r == 0 && !m.options.quiet)
		import_say(&m);
	if (r == 0) {
		const struct trace_counts *c =
			&trace_reader_result(m.reader)->counts;

		r = c->unreadable || c->truncated ? EXIT_SKIPPED : EXIT_DONE;
	}
	release(&m);
	return r;
}
