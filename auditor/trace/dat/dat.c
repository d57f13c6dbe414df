/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/dat/dat.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/grow.h"
#include "trace/dat/spawn.h"
#include "trace/dat/wire.h"
#include "trace/text/event_formats.h"

struct id_map {
	uint32_t *ids; /* the child's id - 1 -> ours */
	size_t count, capacity;
};

struct parent {
	const char *name;
	struct trace_names *names;
	struct trace_counts *counts;
	struct event_sink sink;
	struct dat_extra *extra;
	struct dat_process process;
	struct id_map maps[DAT_TABLE_COUNT];
	struct dat_record *batch; /* DAT_BATCH */
	size_t used, batched;	  /* records of batch */
	char *payload;		  /* DAT_PAYLOAD_MAX and a record */
	uint64_t events;	  /* handed on */
};

/* What reading one record can come to. */
enum step {
	STEP_ON,
	STEP_END,
	STEP_BROKEN,
	STEP_STOPPED,
	STEP_NOMEM,
	STEP_REFUSED
};

static const struct dat_record *next_record(struct parent *p)
{
	size_t have = 0, want = DAT_BATCH * sizeof(p->batch[0]);

	if (p->used < p->batched)
		return &p->batch[p->used++];
	/* Whole records only: a pipe may cut them. */
	do {
		ssize_t n = read(p->process.child.pipe, (char *)p->batch + have,
				 want - have);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return NULL;
		have += (size_t)n;
	} while (have % sizeof(p->batch[0]));
	p->batched = have / sizeof(p->batch[0]);
	p->used = 1;
	return &p->batch[0];
}

static bool read_payload(struct parent *p, size_t len)
{
	if (len > DAT_PAYLOAD_MAX)
		return false;
	for (size_t at = 0; at < len; at += sizeof(struct dat_record)) {
		const struct dat_record *r = next_record(p);

		if (!r)
			return false;
		memcpy(p->payload + at, r, sizeof(*r));
	}
	return true;
}

/* Our id for the child's; false: it never defined that one. */
static bool our_id(const struct parent *p, enum dat_table table, uint32_t id,
		   uint32_t *ret)
{
	const struct id_map *m = &p->maps[table];

	if (id > m->count)
		return false;
	*ret = id ? m->ids[id - 1] : 0;
	return true;
}

/* The frames of a stack become our ids, in place. */
static bool our_frames(const struct parent *p, size_t len)
{
	for (size_t at = 0; at + 4 <= len; at += 4) {
		uint32_t id;

		memcpy(&id, p->payload + at, 4);
		if (!our_id(p, DAT_TABLE_SITES, id, &id))
			return false;
		memcpy(p->payload + at, &id, 4);
	}
	return len % 4 == 0;
}

static enum step define(struct parent *p, const struct dat_record *r)
{
	struct trace_names *n = p->names;
	struct intern *const tables[DAT_TABLE_COUNT] = {
		[DAT_TABLE_SITES] = &n->sites,
		[DAT_TABLE_GFPS] = &n->gfps,
		[DAT_TABLE_COMMS] = &n->comms,
		[DAT_TABLE_CACHES] = &n->caches,
		[DAT_TABLE_OTHERS] = &n->others,
		[DAT_TABLE_STACKS] = &n->stacks,
	};
	uint8_t table = r->table;
	size_t len = r->length;
	struct id_map *m;
	uint32_t id;

	if (table >= DAT_TABLE_COUNT || !read_payload(p, len) ||
	    (table == DAT_TABLE_STACKS && !our_frames(p, len)))
		return STEP_BROKEN;
	m = &p->maps[table];
	if (grow_room((void **)&m->ids, m->count, &m->capacity,
		      sizeof(*m->ids)))
		return STEP_NOMEM;
	id = table == DAT_TABLE_SITES
		     ? trace_names_site_id(n, p->payload, len)
		     : intern_id(tables[table], p->payload, len);
	if (id == INTERN_NONE)
		return STEP_NOMEM;
	m->ids[m->count++] = id;
	return STEP_ON;
}

static enum step hand_on(struct parent *p, const struct event *ev)
{
	p->events++;
	return p->sink.event(p->sink.ctx, ev) ? STEP_STOPPED : STEP_ON;
}

static enum step on_event(struct parent *p, const struct dat_record *r)
{
	struct event ev = {
		.time_ns = r->time_ns,
		.ptr = r->ptr,
		.bytes_req = r->bytes_req,
		.bytes_alloc = r->bytes_alloc,
		.pid = r->pid,
		.node = r->node,
		.cpu = r->cpu,
		.order = r->order <= 30 ? r->order : 0,
		.flags = r->flags & EVENT_PTR_NULL,
	};
	const struct event_form *form;

	if (r->known >= text_known_events() || r->bytes_req > r->bytes_alloc ||
	    !our_id(p, DAT_TABLE_SITES, r->site, &ev.site) ||
	    !our_id(p, DAT_TABLE_GFPS, r->gfp, &ev.gfp) ||
	    !our_id(p, DAT_TABLE_COMMS, r->comm, &ev.comm) ||
	    !our_id(p, DAT_TABLE_CACHES, r->cache, &ev.cache))
		return STEP_BROKEN;
	form = text_form(r->known);
	ev.op = form->op;
	ev.name = form->id;
	ev.kind = form->kind;
	ev.flags |= r->flags & EVENT_MODERN;
	return hand_on(p, &ev);
}

static enum step on_other(struct parent *p, const struct dat_record *r)
{
	struct event ev = {
		.time_ns = r->time_ns,
		.cpu = r->cpu,
		.op = EVENT_OP_OTHER,
	};
	struct intern_text t;
	uint32_t id;

	if (!our_id(p, DAT_TABLE_OTHERS, r->other, &id))
		return STEP_BROKEN;
	t = intern_get(&p->names->others, id);
	if (trace_names_count_other(p->names, t.text, t.len))
		return STEP_NOMEM;
	return hand_on(p, &ev);
}

static enum step on_stack(struct parent *p, const struct dat_record *r)
{
	struct event ev = { .cpu = r->cpu, .op = EVENT_OP_STACK };

	if (!our_id(p, DAT_TABLE_STACKS, r->stack, &ev.stack))
		return STEP_BROKEN;
	p->counts->stacks++;
	return hand_on(p, &ev);
}

static enum step on_info(struct parent *p, const struct dat_record *r)
{
	uint64_t size = r->number;

	/* Page sizes are powers of two from 4 KiB to 256 KiB. */
	if (p->extra->page_size && size >= 4096 && size <= 262144 &&
	    !(size & (size - 1)))
		*p->extra->page_size = size;
	if (r->bits == 32 || r->bits == 64)
		p->names->pointer_bits = (uint8_t)r->bits;
	return STEP_ON;
}

static enum step on_record(struct parent *p)
{
	const struct dat_record *r = next_record(p);

	if (!r)
		return STEP_BROKEN;
	switch (r->type) {
	case DAT_EVENT:
		return on_event(p, r);
	case DAT_OTHER:
		return on_other(p, r);
	case DAT_STACK:
		return on_stack(p, r);
	case DAT_DEFINE:
		return define(p, r);
	case DAT_INFO:
		return on_info(p, r);
	case DAT_LOST:
		p->counts->lost += r->number;
		p->counts->lost_unknown += !r->number;
		return STEP_ON;
	case DAT_BAD:
		p->counts->unreadable++;
		return STEP_ON;
	case DAT_ERROR:
		return STEP_REFUSED;
	case DAT_END:
		return STEP_END;
	default:
		return STEP_BROKEN;
	}
}

/* The pipe ended before DAT_END: the child died, or was made to. */
static int broken(struct parent *p, struct err *e)
{
	char why[128];

	dat_process_why(&p->process, why, sizeof(why));
	if (!p->events)
		return err_set(
			e, ERR_FORMAT,
			"cannot read '%s': libtracecmd %s; try what trace-cmd report prints of it",
			p->name, why);
	p->counts->truncated = true;
	snprintf(
		p->counts->remark, sizeof(p->counts->remark),
		"libtracecmd %s after %llu events: what follows in the file is missing",
		why, (unsigned long long)p->events);
	return 0;
}

static int read_records(struct parent *p, struct err *e)
{
	enum step s;

	do
		s = on_record(p);
	while (s == STEP_ON);
	switch (s) {
	case STEP_STOPPED:
		return DAT_STOPPED;
	case STEP_BROKEN:
		return broken(p, e);
	case STEP_NOMEM:
		return err_nomem(e);
	case STEP_REFUSED:
		return err_set(
			e, ERR_FORMAT,
			"cannot read '%s': it is damaged, or of a version that libtracecmd does not know",
			p->name);
	case STEP_END:
	case STEP_ON:
		break;
	}
	return dat_process_kallsyms(&p->process, &p->extra->kallsyms,
				    &p->extra->kallsyms_len, e);
}

int dat_read(int fd, const char *name, struct trace_names *names,
	     struct trace_counts *counts, struct event_sink sink,
	     struct dat_extra *extra, struct err *e)
{
	struct parent p = {
		.name = name,
		.names = names,
		.counts = counts,
		.sink = sink,
		.extra = extra,
		.batch = malloc(DAT_BATCH * sizeof(struct dat_record)),
		.payload = malloc(DAT_PAYLOAD_MAX + sizeof(struct dat_record)),
	};
	int r;

	if (!p.batch || !p.payload)
		r = err_nomem(e);
	else
		r = dat_process_start(&p.process, fd, extra->want_kallsyms, e);
	if (!r) {
		r = read_records(&p, e);
		dat_process_end(&p.process);
	}
	close(fd);
	free(p.batch);
	free(p.payload);
	for (int i = 0; i < DAT_TABLE_COUNT; i++)
		free(p.maps[i].ids);
	return r;
}

void dat_extra_release(struct dat_extra *x)
{
	free(x->kallsyms);
	x->kallsyms = NULL;
}
