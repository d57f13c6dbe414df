/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "import/import.h"
#include "commands.h"
#include "render/diag.h"
#include "support/grow.h"

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
	o->build = a->given[OPTION_TRACED_BUILD];
	o->label = a->given[OPTION_TRACE_LABEL];
	o->kallsyms = a->given[OPTION_KALLSYMS];
	o->no_lines = a->given[OPTION_NO_LINES];
	o->quiet = a->given[OPTION_QUIET];
	o->trace.page_size = (uint32_t)page;
	o->trace.want_kallsyms = true;
	return r;
}

int import_note(struct import *m, struct err *e, const char *fmt, ...)
{
	char text[600];
	va_list ap;
	const char *kept;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	kept = arena_strdup(&m->arena, text);
	if (!kept || grow_room((void **)&m->notes, m->nnotes, &m->notes_cap,
			       sizeof(*m->notes)))
		return err_nomem(e);
	m->notes[m->nnotes++] = kept;
	return 0;
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
static void make_digest(struct import *m)
{
	const struct trace_result *t = trace_reader_result(m->reader);
	XXH3_state_t *state = XXH3_createState();
	XXH128_canonical_t digest;

	memset(m->row.digest, 0, sizeof(m->row.digest));
	if (!state)
		return;
	XXH3_128bits_reset(state);
	XXH3_128bits_update(state, &m->row.range.hash,
			    sizeof(m->row.range.hash));
	XXH3_128bits_update(state, t->counts.events, sizeof(t->counts.events));
	XXH3_128bits_update(state, &t->counts.begin_ns,
			    sizeof(t->counts.begin_ns));
	XXH3_128bits_update(state, &t->counts.end_ns, sizeof(t->counts.end_ns));
	for (uint32_t i = 0; i < t->names->sites.count; i++) {
		struct intern_text text = intern_get(&t->names->sites, i);

		XXH3_128bits_update(state, text.text, text.len);
	}
	XXH128_canonicalFromHash(&digest, XXH3_128bits_digest(state));
	XXH3_freeState(state);
	memcpy(m->row.digest, &digest, sizeof(m->row.digest));
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
	make_digest(m);
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
	free(m->notes);
	free(m->names);
	free(m->own_kallsyms);
	arena_release(&m->arena);
}

int cmd_import(const struct args *args, struct err *e)
{
	struct import m = { .row.build = 0 };
	int r = read_options(args, &m.options, e);

	if (r < 0)
		return r;
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
