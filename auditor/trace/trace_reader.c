/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/input_copy.h"
#include "trace/trace_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/detect.h"
#include "trace/pair/pair.h"
#include "trace/text/decode.h"
#include "trace/text/text.h"
#include "support/input_copy.h"
#include "trace/reader_text.h"

#define PAGE_SIZE_DEFAULT 4096

/* By the text that the first bytes hold; a page's may begin anywhere. */
static int detect(struct trace_reader *r, const char *head, size_t len,
		  struct err *e)
{
	struct text_decoder d = r->decoder;
	int ret;

	if (d.html) {
		r->options.format = TRACE_TEXT;
		return 0;
	}
	if (text_decoder_take(&d, head, len, &head, &len))
		return err_nomem(e);
	ret = trace_detect(r->input.name, head, len, &r->options.format, e);
	text_decoder_release(&d);
	return ret;
}

static int begin(struct trace_reader *r, const struct trace_options *options,
		 struct err *e)
{
	const char *head;
	size_t len;

	r->options = *options;
	input_set_max(&r->input, options->max_bytes);
	input_head(&r->input, &head, &len);
	text_decoder_init(&r->decoder, head, len);
	if (r->options.format != TRACE_AUTO)
		return 0;
	return detect(r, head, len, e);
}

static struct trace_reader *new_reader(const char *name, struct err *e)
{
	struct trace_reader *r = calloc(1, sizeof(*r));

	if (r)
		r->name = strdup(name);
	if (!r || !r->name) {
		free(r);
		err_nomem(e);
		return NULL;
	}
	r->input.fd = -1;
	r->result.names = &r->names;
	return r;
}

int trace_reader_open(const char *path, const struct trace_options *options,
		      struct trace_reader **ret, struct err *e)
{
	struct trace_reader *r = new_reader(path, e);

	if (!r)
		return -(int)e->code;
	if (input_open(&r->input, r->name, e) || begin(r, options, e)) {
		trace_reader_free(r);
		return -(int)e->code;
	}
	*ret = r;
	return 0;
}

int trace_reader_open_source(const char *name, struct input_source source,
			     const struct trace_options *options,
			     struct trace_reader **ret, struct err *e)
{
	struct trace_reader *r = new_reader(name, e);

	if (!r)
		return -(int)e->code;
	if (input_open_source(&r->input, r->name, source, e) ||
	    begin(r, options, e)) {
		trace_reader_free(r);
		return -(int)e->code;
	}
	*ret = r;
	return 0;
}

static int on_allocation(void *ctx, const struct allocation *a)
{
	struct trace_reader *r = ctx;

	return r->sink.allocation(r->sink.ctx, a, r->err);
}

static int on_event(void *ctx, const struct event *ev)
{
	return pair_event(ctx, ev);
}

static int run_dat(struct trace_reader *r, struct err *e)
{
	struct event_sink sink = { &r->pair, on_event };
	int fd, ret;

	if (input_seekable(&r->input, &fd, e))
		return -(int)e->code;
	ret = dat_read(fd, r->input.name, &r->names, &r->counts, sink,
		       &r->extra, e);
	if (ret == DAT_STOPPED)
		ret = trace_reader_stopped(r->pair.nomem, e);
	return ret;
}

static int nothing_there(const struct trace_reader *r, struct err *e)
{
	const struct trace_counts *c = &r->counts;

	for (int i = 0; i < EVENT_NAME_COUNT; i++) {
		if (c->events[i])
			return 0;
	}
	if (r->decoder.html && !r->decoder.has_data)
		return err_set(
			e, ERR_FORMAT,
			"'%s' is an HTML page, not a trace: save the log itself",
			r->name);
	if (c->unreadable)
		return err_set(
			e, ERR_FORMAT,
			"no kmem event in '%s' is whole: %llu were cut or mixed with others",
			r->name, (unsigned long long)c->unreadable);
	if (c->others)
		return err_set(
			e, ERR_FORMAT,
			"'%s' is a trace without kmem events: echo 1 >events/kmem/enable, then trace again",
			r->name);
	return err_set(
		e, ERR_FORMAT,
		"no trace event in '%s': import the file `trace` of /sys/kernel/tracing, a trace.dat, or the text of trace-cmd report or perf script",
		r->name);
}

/* Where nothing worse is to be said. */
static void say_names(struct trace_reader *r)
{
	const char *what = NULL;

	if (r->names.sites_left_out)
		what = "more than 262,144 different call sites are in this log: further ones count as '" SITE_NAMES_REST
		       "'";
	else if (r->names.short_decimals)
		what = "addresses of ten digits were read as decimal ones of a 32-bit kernel, as Perfetto prints them";
	if (what && !r->counts.remark[0])
		snprintf(r->counts.remark, sizeof(r->counts.remark), "%s",
			 what);
}

static void fill_result(struct trace_reader *r)
{
	const struct rollups *rollups = &r->pair.rollups;

	r->result = (struct trace_result){
		.format = r->options.format,
		.counts = r->counts,
		.names = &r->names,
		.rollups = rollups->rows,
		.nrollups = rollups->count,
		.timeline = r->pair.timeline.points,
		.ntimeline = r->pair.timeline.count,
		.peak_ns = rollups->peak_ns,
		.peak_bytes = rollups->peak_bytes,
		.page_size = (uint32_t)r->pair.page_size,
		.kallsyms = r->extra.kallsyms,
		.kallsyms_len = r->extra.kallsyms_len,
	};
}

int trace_reader_run(struct trace_reader *r, struct trace_sink sink,
		     struct err *e)
{
	uint32_t page = r->options.page_size;
	int ret;

	e->code = ERR_NONE;
	r->sink = sink;
	r->err = e;
	if (pair_init(&r->pair, &r->names, &r->counts,
		      page ? page : PAGE_SIZE_DEFAULT,
		      (struct pair_sink){ r, on_allocation }))
		return err_nomem(e);
	/* Before the first event the file says it, and asks for no more. */
	r->extra.want_kallsyms = r->options.want_kallsyms;
	r->extra.page_size = page ? NULL : &r->pair.page_size;
	ret = r->options.format == TRACE_DAT ? run_dat(r, e)
					     : trace_reader_text(r, e);
	if (!ret)
		ret = nothing_there(r, e);
	if (!ret && pair_finish(&r->pair))
		ret = trace_reader_stopped(r->pair.nomem, e);
	say_names(r);
	fill_result(r);
	return ret;
}

bool trace_reader_wants_merge(const struct trace_reader *r)
{
	return r->wants_merge;
}

const struct trace_result *trace_reader_result(const struct trace_reader *r)
{
	return &r->result;
}

struct changes *trace_reader_changes(struct trace_reader *r)
{
	return &r->pair.changes;
}

void trace_reader_free(struct trace_reader *r)
{
	if (!r)
		return;
	input_close(&r->input);
	text_decoder_release(&r->decoder);
	pair_release(&r->pair);
	dat_extra_release(&r->extra);
	trace_names_release(&r->names);
	free(r->name);
	free(r);
}
