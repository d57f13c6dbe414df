/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text is read straight through.  Where its times run backwards that is
 * given up, and the second time its runs are merged by time.
 */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/input_copy.h"
#include "trace/reader_text.h"
#include "trace/text/merge.h"
#include "trace/text/runs.h"
#include "trace/text/text.h"

static int backwards(struct trace_reader *r)
{
	if (r->options.can_rerun && !r->options.merge &&
	    r->decoder.coding == DECODE_NONE && !r->decoder.html) {
		r->wants_merge = true;
		return err_set(r->err, ERR_FORMAT,
			       "the times of '%s' run backwards", r->name);
	}
	r->counts.disordered = true;
	return 0;
}

static int on_text_event(void *ctx, const struct event *ev)
{
	struct trace_reader *r = ctx;

	if (ev->op != EVENT_OP_STACK && !(ev->flags & EVENT_NO_TIME)) {
		if (ev->time_ns < r->last_ns && backwards(r))
			return -1;
		r->last_ns = ev->time_ns;
	}
	return pair_event(&r->pair, ev);
}

static void broke_off(struct trace_reader *r, const struct err *damage)
{
	r->counts.truncated = true;
	snprintf(r->counts.remark, sizeof(r->counts.remark), "%.*s",
		 (int)sizeof(r->counts.remark) - 1, damage->text);
}

static int read_text(struct trace_reader *r, struct text_parser *t,
		     struct err *e)
{
	struct err damage = { .code = ERR_NONE };
	bool done = false;
	const char *p;
	size_t len;

	do {
		if (input_read(&r->input, &p, &len, &damage)) {
			if (damage.code != ERR_FORMAT &&
			    damage.code != ERR_SIZE) {
				*e = damage;
				return -(int)e->code;
			}
			broke_off(r, &damage);
			break;
		}
		done = !len;
		if (text_decoder_take(&r->decoder, p, len, &p, &len))
			return err_nomem(e);
		if (text_parser_feed(t, p, len))
			return trace_reader_stopped(t->nomem || r->pair.nomem,
						    e);
	} while (!done);
	if (text_parser_end(t))
		return trace_reader_stopped(t->nomem || r->pair.nomem, e);
	return 0;
}

static int read_straight(struct trace_reader *r, struct err *e)
{
	struct text_parser t;
	int ret;

	text_parser_init(&t, &r->names, &r->counts,
			 (struct event_sink){ r, on_text_event });
	ret = read_text(r, &t, e);
	text_parser_release(&t);
	return ret;
}

/* Of runs [0, n) of one boot after the other. */
static int merge_boots(struct trace_reader *r, const struct text_runs *runs,
		       int fd, struct err *e)
{
	bool nomem = false, io = false;
	size_t n;

	for (size_t i = 0; i < runs->count; i += n) {
		const struct text_run *run = &runs->runs[i];

		for (n = 1; i + n < runs->count && !run[n].new_boot; n++)
			;
		if (run->new_boot && pair_new_boot(&r->pair))
			return trace_reader_stopped(r->pair.nomem, e);
		r->last_ns = 0;
		if (!text_merge(run, n, fd, &r->names, &r->counts,
				(struct event_sink){ r, on_text_event }, &nomem,
				&io))
			continue;
		if (io)
			return err_set_errno(e, ERR_IO, "cannot read '%s'",
					     r->name);
		return trace_reader_stopped(nomem || r->pair.nomem, e);
	}
	return 0;
}

/* What was made of the log's order; overwritten by what is worse. */
static void say_runs(struct trace_reader *r, const struct text_runs *runs)
{
	size_t boots = 1;

	for (size_t i = 0; i < runs->count; i++)
		boots += runs->runs[i].new_boot;
	if (r->counts.truncated)
		return;
	if (boots == 1)
		snprintf(
			r->counts.remark, sizeof(r->counts.remark),
			"times run backwards in this log: its %zu parts were put in order by time",
			runs->count);
	else
		snprintf(
			r->counts.remark, sizeof(r->counts.remark),
			"%zu boots are in this log: the end of what lived when the next began is unknown",
			boots);
}

static int merge_file(struct trace_reader *r, int fd, struct err *e)
{
	struct text_runs runs = { .count = 0 };
	struct stat st;
	int ret;

	if (fstat(fd, &st) || text_runs_find(&runs, fd, (uint64_t)st.st_size)) {
		ret = runs.nomem ? err_nomem(e)
				 : err_set_errno(e, ERR_IO, "cannot read '%s'",
						 r->name);
	} else {
		if (runs.too_many) /* as one: in the order of its lines */
			runs.count = 1, runs.runs[0].to = (uint64_t)st.st_size;
		r->counts.disordered = runs.too_many || runs.mixed;
		say_runs(r, &runs);
		ret = merge_boots(r, &runs, fd, e);
	}
	text_runs_release(&runs);
	return ret;
}

static int read_merged(struct trace_reader *r, struct err *e)
{
	struct err damage;
	int fd, ret;

	if (input_seekable_part(&r->input, &fd, &damage, e))
		return -(int)e->code;
	if (damage.code)
		broke_off(r, &damage);
	ret = merge_file(r, fd, e);
	close(fd);
	return ret;
}

/* Two consoles, or two collectors of one, wrote the same log. */
static void say_copies(struct trace_reader *r)
{
	struct trace_counts *c = &r->counts;
	uint64_t frees = c->events[EVENT_KFREE] +
			 c->events[EVENT_KMEM_CACHE_FREE] +
			 c->events[EVENT_MM_PAGE_FREE] +
			 c->events[EVENT_MM_PAGE_FREE_BATCHED] +
			 c->events[EVENT_PERCPU_FREE];

	if (c->copied_frees * 4 <= frees)
		return;
	c->copied = true;
	if (!c->truncated)
		snprintf(
			c->remark, sizeof(c->remark),
			"%llu of %llu frees are there twice, at one time: if two consoles wrote this log, every number is of both; drop one of them (uniq)",
			(unsigned long long)c->copied_frees,
			(unsigned long long)frees);
}

int trace_reader_text(struct trace_reader *r, struct err *e)
{
	int ret = r->options.merge ? read_merged(r, e) : read_straight(r, e);

	if (!ret)
		say_copies(r);
	if (!ret && r->counts.disordered && !r->counts.truncated)
		snprintf(
			r->counts.remark, sizeof(r->counts.remark),
			"times run backwards in this log, and the lines could not be put in order: lifetimes and frees are not to be trusted%s",
			r->options.merge ? "" : "; import it from a file");
	return ret;
}
