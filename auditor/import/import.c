/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/import.h"

#include <string.h>
#include <sys/stat.h>

#include "import/beside.h"
#include "import/branch_peaks.h"
#include "import/choose_build.h"
#include "import/join_sites.h"
#include "import/kaslr.h"
#include "import/source_lines.h"
#include "store/codemap_rows.h"
#include "store/store.h"
#include "store/trace.h"
#include "store/alloc_writer.h"
#include "support/arena.h"
#include "support/digest.h"
#include "support/progress.h"
#include "symbols/resolve.h"
#include "trace/capture/capture.h"
#include "trace/capture/parts.h"
#include "trace/trace_reader.h"

/* Another import, or an audit, may take its time. */
#define WAIT_MS (3600 * 1000)

/* One import, passed from step to step. */
struct import {
	const struct import_options *options;
	struct import_result result;
	struct store *store;
	struct capture *capture; /* of a bare log, too */
	struct trace_reader *reader;
	struct alloc_writer *writer;
	struct trace_row row;
	struct beside beside;
	struct running_kernel running;
	struct symbol_map map;
	struct resolver *resolver; /* NULL: no build, and no map */
	struct progress progress;
	struct arena arena;
};

/* ---- reading ---- */

static int on_allocation(void *ctx, const struct allocation *a, struct err *e)
{
	struct import *m = ctx;

	if ((++m->result.allocations & 0xfff) == 0)
		progress_update(&m->progress, m->result.allocations);
	return alloc_writer_put(m->writer, a, e);
}

static int open_log(struct import *m, struct err *e)
{
	int r = capture_open_max(m->options->log, m->options->trace.max_bytes,
				 &m->capture, e);

	if (r < 0)
		return r;
	return capture_reader_open(m->capture, &m->options->trace, &m->reader,
				   e);
}

static int read_log(struct import *m, struct err *e)
{
	const struct trace_sink sink = { m, on_allocation };
	const char *remark;
	int r;

	r = alloc_writer_new(m->store, m->row.id,
			     trace_reader_result(m->reader)->names, &m->writer,
			     e);
	if (r < 0)
		return r;
	progress_start(&m->progress, m->options->quiet, "allocations", 0);
	r = trace_reader_run(m->reader, sink, e);
	progress_end(&m->progress);
	m->result.more_logs = capture_info(m->capture)->more_logs;
	remark = capture_info(m->capture)->remark;
	if (r == 0 && *remark)
		r = remarks_add(&m->result.notes, e, "%s", remark);
	return r < 0 ? r : alloc_writer_finish(m->writer, &m->row.range, e);
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

/* ---- the parts of the capture ---- */

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

/* ---- joining ---- */

static int load_map(struct import *m, struct err *e)
{
	int r = store_map_load(m->store, m->row.build, &m->map, e);

	if (r < 0)
		return r;
	r = resolver_new(&m->map, store_name_numbers(m->store), &m->resolver,
			 e);
	if (r < 0)
		symbol_map_release(&m->map);
	return r;
}

static int join(struct import *m, struct err *e)
{
	const struct trace_result *t = trace_reader_result(m->reader);
	struct site_join j = { m->store,    m->row.id, t->names,
			       &m->running, NULL,      NULL };
	struct site_counts counts;
	int r = running_kernel_read(&m->running, capture_info(m->capture),
				    &m->beside.modules, t, e);

	if (r == 0 && m->row.build) {
		if ((r = load_map(m, e)) < 0 ||
		    (r = kaslr_find(m->resolver, &m->running, t->names,
				    &m->result.notes, e)) < 0)
			return r;
		j.map = &m->map;
		j.resolver = m->resolver;
		m->row.have_kaslr_offset = resolver_kaslr_offset(
			m->resolver, &m->row.kaslr_offset);
	}
	if (r < 0 || (r = join_sites(&j, &counts, e)) < 0)
		return r;
	m->row.checked = counts.checked;
	m->row.agreed = counts.agreed;
	for (int i = 0; i < SITE_STATES; i++)
		m->result.sites[i] = counts.sites[i];
	return beside_store_vmalloc(&m->beside, &j, &m->arena, e);
}

/* ---- the steps ---- */

/* Between begin and commit; result.earlier says that there is nothing to
 * commit. */
static int run_transaction(struct import *m, struct err *e)
{
	struct import_result *u = &m->result;
	int r;

	if ((r = store_trace_next(m->store, &m->row.id, e)) < 0 ||
	    (r = choose_build(m->store, capture_info(m->capture),
			      m->options->build, &m->row, &m->arena, &u->notes,
			      e)) < 0 ||
	    (r = read_log(m, e)) < 0 || (r = make_digest(m, e)) < 0)
		return r;
	count_lost(m);
	r = store_trace_find(m->store, m->row.digest, m->row.build, &u->earlier,
			     e);
	if (r != 0)
		return r < 0 ? r : 0;
	if ((r = join(m, e)) < 0 ||
	    (r = store_trace(m->store, &m->row, trace_reader_result(m->reader),
			     e)) < 0 ||
	    (r = beside_store_slabs(&m->beside, m->store, m->row.id, &m->arena,
				    e)) < 0 ||
	    (r = beside_store_modules(&m->beside, m->store, m->row.id,
				      &m->arena, e)) < 0)
		return r;
	if (m->row.build && !m->options->no_lines &&
	    (r = source_lines_store(m->store, m->row.id, m->row.build,
				    &m->arena, &u->notes, e)) < 0)
		return r;
	return branch_peaks_store(m->store, m->row.id, m->reader, &u->notes, e);
}

static void say_waiting(void *ctx, const char *for_whom)
{
	const struct import *m = ctx;

	progress_say(m->options->quiet, "database '%s': waiting for %s",
		     m->options->db, for_whom);
}

static int run(struct import *m, struct err *e)
{
	const struct store_waiting waiting = { say_waiting, m };
	int r;

	m->row.source = m->options->log;
	m->row.label = m->options->label;
	m->row.imported_ns = clock_real_ns();
	if ((r = open_log(m, e)) < 0 ||
	    (r = beside_read(&m->beside, &m->options->files,
			     capture_info(m->capture), e)) < 0 ||
	    (r = running_kernel_file(&m->running, m->options->kallsyms, e)) <
		    0 ||
	    (r = store_open_saying(m->options->db, &waiting, &m->store, e)) < 0)
		return r;
	store_stop_on(m->store, m->options->stop);
	if ((r = store_begin(m->store, WAIT_MS, e)) < 0)
		return r;
	r = run_transaction(m, e);
	if (r < 0)
		return r;
	if (m->result.earlier) {
		store_rollback(m->store);
		return 0;
	}
	return store_commit(m->store, e);
}

static void finish_result(struct import *m)
{
	struct import_result *u = &m->result;

	u->trace = m->row.id;
	u->build = m->row.build;
	u->chosen = m->row.chosen;
	u->checked = m->row.checked;
	u->agreed = m->row.agreed;
	u->more_lost = m->row.more_lost;
	u->counts = trace_reader_result(m->reader)->counts;
	u->spent_ns = (uint64_t)(clock_real_ns() - m->row.imported_ns);
}

static void release(struct import *m)
{
	if (m->resolver)
		symbol_map_release(&m->map);
	resolver_free(m->resolver);
	running_kernel_release(&m->running);
	beside_release(&m->beside);
	alloc_writer_free(m->writer);
	trace_reader_free(m->reader);
	capture_free(m->capture);
	store_close(m->store);
	arena_release(&m->arena);
}

/* Only a file can be opened a second time. */
static bool can_rerun(const struct import_options *o)
{
	struct stat st;

	return strcmp(o->log, "-") != 0 && stat(o->log, &st) == 0 &&
	       S_ISREG(st.st_mode);
}

int import_run(const struct import_options *o, struct import_result *ret,
	       struct err *e)
{
	struct import_options own = *o;
	struct import m = { .options = &own };
	int r;

	own.trace.can_rerun = can_rerun(o);
	r = run(&m, e);
	if (r < 0 && m.reader && trace_reader_wants_merge(m.reader)) {
		/* Nothing of it was committed. */
		import_result_release(&m.result);
		release(&m);
		own.trace.merge = true;
		m = (struct import){ .options = &own };
		r = run(&m, e);
	}
	if (r == 0) {
		finish_result(&m);
		*ret = m.result;
	} else {
		import_result_release(&m.result);
	}
	release(&m);
	return r;
}

void import_result_release(struct import_result *r)
{
	remarks_release(&r->notes);
}
