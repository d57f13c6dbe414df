/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Allocations come by the million: a row has six small numbers, and what
 * many allocations share is a row of another table.
 */
#include "store/alloc_writer.h"

#include <stdlib.h>
#include <string.h>

#include "store/row_thread.h"
#include "store/trace.h"
#include "support/grow.h"

/* Shared rows kept in memory.  A log with more different ones than this has
 * some of them twice: they need not be unique. */
#define SHARED_MAX ((size_t)1 << 18)

/* All members are 64 bits wide, so that no padding is hashed. */
struct shape_key {
	uint64_t site, kind, bytes_req, bytes_alloc, gfp, cache, stack;
	int64_t node;
};
struct task_key {
	uint64_t cpu, comm;
	int64_t pid;
};
struct ending_key {
	uint64_t end, flags, free_site;
};

/* How many allocations have a row, ever and at the end. */
struct row_count {
	uint64_t allocs, live;
};

/* Rows of one shared table: numbered here, inserted when the thread that
 * owns the database is idle. */
struct shared {
	struct strmap rows;	  /* key → number */
	unsigned char *keys;	  /* of rows not yet inserted, in order */
	struct row_count *counts; /* likewise */
	size_t count, capacity, counts_capacity, size;
	int64_t next; /* number of the next new row */
	enum statement last;
	/* The row before: neighbours are often alike. */
	unsigned char recent[sizeof(struct shape_key)];
	int64_t recent_row;
};

enum { SHAPES, TASKS, ENDINGS, SHARED_COUNT };

struct alloc_writer {
	struct store *s;
	int64_t trace;
	const struct trace_names *names;
	struct shared shared[SHARED_COUNT];
	struct row_thread *rows;
	struct alloc_range range;
	int64_t next; /* row */
};

int store_trace_next(struct store *s, int64_t *ret_trace, struct err *e)
{
	int r = store_find(s, ST_TRACE_NEXT, NULL, 0, ret_trace, e);

	return r < 0 ? r : 0;
}

static int find_last(struct alloc_writer *w, struct err *e)
{
	int64_t last = 0;
	int r = store_find(w->s, ST_ALLOCATION_LAST, NULL, 0, &last, e);

	w->next = last + 1;
	for (int i = 0; i < SHARED_COUNT && r >= 0; i++) {
		last = 0;
		r = store_find(w->s, w->shared[i].last, NULL, 0, &last, e);
		w->shared[i].next = last + 1;
	}
	return r < 0 ? r : 0;
}

int alloc_writer_new(struct store *s, int64_t trace,
		     const struct trace_names *names, struct alloc_writer **ret,
		     struct err *e)
{
	struct alloc_writer *w = calloc(1, sizeof(*w));
	int r;

	if (!w)
		return err_nomem(e);
	w->s = s;
	w->trace = trace;
	w->names = names;
	w->shared[SHAPES].size = sizeof(struct shape_key);
	w->shared[SHAPES].last = ST_ALLOC_SHAPE_LAST;
	w->shared[TASKS].size = sizeof(struct task_key);
	w->shared[TASKS].last = ST_ALLOC_TASK_LAST;
	w->shared[ENDINGS].size = sizeof(struct ending_key);
	w->shared[ENDINGS].last = ST_ALLOC_ENDING_LAST;
	r = find_last(w, e);
	if (r == 0)
		r = row_thread_new(s, &w->rows, e);
	if (r < 0) {
		alloc_writer_free(w);
		return r;
	}
	*ret = w;
	return 0;
}

void alloc_writer_free(struct alloc_writer *w)
{
	if (!w)
		return;
	row_thread_free(w->rows);
	for (int i = 0; i < SHARED_COUNT; i++) {
		strmap_release(&w->shared[i].rows);
		free(w->shared[i].keys);
		free(w->shared[i].counts);
	}
	free(w);
}

/* ---- shared rows ---- */

/* The number of a text of the trace; of id 0, NULL. */
static int text_number(struct alloc_writer *w, const struct intern *texts,
		       uint64_t id, struct value *ret, struct err *e)
{
	int64_t number;
	int r;

	*ret = V_NULL;
	if (!id)
		return 0;
	r = store_name(w->s, intern_get(texts, (uint32_t)id).text, &number, e);
	if (r == 0)
		*ret = V_INT(number);
	return r;
}

static int put_shape(struct alloc_writer *w, int64_t row, const void *key,
		     const struct row_count *count, struct err *e)
{
	const struct shape_key *k = key;
	struct value gfp, cache;
	int r;

	if ((r = text_number(w, &w->names->gfps, k->gfp, &gfp, e)) < 0 ||
	    (r = text_number(w, &w->names->caches, k->cache, &cache, e)) < 0)
		return r;
	struct value values[] = {
		V_INT(row),
		V_INT(w->trace),
		V_INT(k->site),
		V_INT(k->kind),
		V_INT(k->bytes_req),
		V_INT(k->bytes_alloc),
		gfp,
		cache,
		V_INT(k->node),
		V_INT(k->stack),
		V_INT(count->allocs),
		V_INT(count->live),
	};
	return store_run(w->s, ST_ALLOC_SHAPE_PUT, values, 12, e);
}

static int put_task(struct alloc_writer *w, int64_t row, const void *key,
		    const struct row_count *count, struct err *e)
{
	const struct task_key *k = key;
	struct value comm;
	int r;

	(void)count;
	r = text_number(w, &w->names->comms, k->comm, &comm, e);

	if (r < 0)
		return r;
	struct value values[] = {
		V_INT(row),
		V_INT(w->trace),
		k->cpu == EVENT_CPU_NONE ? V_NULL : V_INT(k->cpu),
		k->pid == EVENT_PID_NONE ? V_NULL : V_INT(k->pid),
		comm,
	};
	return store_run(w->s, ST_ALLOC_TASK_PUT, values, 5, e);
}

static int put_ending(struct alloc_writer *w, int64_t row, const void *key,
		      const struct row_count *count, struct err *e)
{
	const struct ending_key *k = key;
	struct value values[] = {
		V_INT(row),
		V_INT(w->trace),
		V_INT(k->end),
		V_INT(k->flags),
		k->free_site ? V_INT(k->free_site) : V_NULL,
	};

	(void)count;
	return store_run(w->s, ST_ALLOC_ENDING_PUT, values, 5, e);
}

/* Inserts what was numbered since the last time. */
static int flush(struct alloc_writer *w, struct err *e)
{
	int (*const put[SHARED_COUNT])(struct alloc_writer *, int64_t,
				       const void *, const struct row_count *,
				       struct err *) = {
		[SHAPES] = put_shape,
		[TASKS] = put_task,
		[ENDINGS] = put_ending,
	};
	int r = row_thread_idle(w->rows, e);

	for (int i = 0; i < SHARED_COUNT; i++) {
		struct shared *t = &w->shared[i];
		int64_t first = t->next - (int64_t)t->count;

		for (size_t k = 0; k < t->count && r == 0; k++)
			r = put[i](w, first + (int64_t)k, t->keys + k * t->size,
				   &t->counts[k], e);
		t->count = 0;
	}
	return r;
}

/* So many different ones: forget them all, and some will come again. */
static int forget(struct alloc_writer *w, struct err *e)
{
	int r = flush(w, e);

	for (int i = 0; i < SHARED_COUNT; i++) {
		strmap_release(&w->shared[i].rows);
		w->shared[i].rows = (struct strmap)STRMAP_INIT;
		w->shared[i].recent_row = 0;
	}
	return r;
}

static int add(struct alloc_writer *w, struct shared *t, const void *key,
	       int64_t *ret, struct err *e)
{
	bool added;
	int r;

	if (t->rows.keys.count >= SHARED_MAX && (r = forget(w, e)) < 0)
		return r;
	if (grow_room((void **)&t->keys, t->count, &t->capacity, t->size) ||
	    grow_room((void **)&t->counts, t->count, &t->counts_capacity,
		      sizeof(*t->counts)) ||
	    !strmap_put(&t->rows, key, t->size, (uint64_t)t->next, &added))
		return err_nomem(e);
	memcpy(t->keys + t->count * t->size, key, t->size);
	t->counts[t->count++] = (struct row_count){ 0, 0 };
	*ret = t->next++;
	return 0;
}

static int row_of(struct alloc_writer *w, int which, const void *key,
		  int64_t *ret, struct err *e)
{
	struct shared *t = &w->shared[which];
	uint64_t known;
	int r;

	if (t->recent_row && memcmp(key, t->recent, t->size) == 0) {
		*ret = t->recent_row;
		return 0;
	}
	if (strmap_get(&t->rows, key, t->size, &known))
		*ret = (int64_t)known;
	else if ((r = add(w, t, key, ret, e)) < 0)
		return r;
	memcpy(t->recent, key, t->size);
	t->recent_row = *ret;
	return 0;
}

static void count_row(struct shared *t, int64_t row, bool live)
{
	struct row_count *c =
		&t->counts[(size_t)(row - (t->next - (int64_t)t->count))];

	c->allocs++;
	c->live += live;
}

static int share(struct alloc_writer *w, const struct allocation *a,
		 struct alloc_row *row, struct err *e)
{
	const struct shape_key shape = {
		a->site, a->kind,  a->bytes_req, a->bytes_alloc,
		a->gfp,	 a->cache, a->stack,	 a->node,
	};
	const struct task_key task = { a->cpu, a->comm, a->pid };
	const struct ending_key ending = { a->end, a->flags, a->free_site };
	int r;

	if ((r = row_of(w, TASKS, &task, &row->task, e)) < 0 ||
	    (r = row_of(w, ENDINGS, &ending, &row->ending, e)) < 0 ||
	    /* Last: a new row of the others may forget all shapes. */
	    (r = row_of(w, SHAPES, &shape, &row->shape, e)) < 0)
		return r;
	count_row(&w->shared[SHAPES], row->shape, a->end == ALLOC_LIVE);
	return 0;
}

/* ---- allocations ---- */

/* The same bits, as SQLite counts. */
static int64_t distance(int64_t from, uint64_t to)
{
	return (int64_t)(to - (uint64_t)from);
}

static uint64_t mix(uint64_t h, uint64_t v)
{
	h = (h ^ v) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ h >> 29;
}

/* Equal logs have equal allocations in equal order. */
static void digest(struct alloc_range *r, const struct allocation *a)
{
	uint64_t h = r->hash;

	h = mix(h, a->ptr);
	h = mix(h, a->alloc_ns);
	h = mix(h, a->free_ns);
	h = mix(h, a->bytes_req);
	h = mix(h, a->bytes_alloc);
	h = mix(h, (uint64_t)a->site << 32 | a->free_site);
	r->hash = mix(h, (uint64_t)a->kind << 8 | a->end);
}

int alloc_writer_put(struct alloc_writer *w, const struct allocation *a,
		     struct err *e)
{
	struct alloc_row row = { .id = w->next };
	int r;

	if (!w->range.first) {
		w->range.first = w->next;
		/* Neighbours in memory and time need fewer bytes. */
		w->range.ptr_base = (int64_t)a->ptr;
		w->range.time_base = (int64_t)a->alloc_ns;
	}
	if ((r = share(w, a, &row, e)) < 0)
		return r;
	row.ptr = distance(w->range.ptr_base, a->ptr);
	row.alloc_ns = distance(w->range.time_base, a->alloc_ns);
	row.ended = a->end == ALLOC_FREED || a->end == ALLOC_IMPLICIT;
	row.lifetime_ns = row.ended ? distance((int64_t)a->alloc_ns, a->free_ns)
				    : 0;
	digest(&w->range, a);
	w->range.last = w->next++;
	return row_thread_put(w->rows, &row, e);
}

int alloc_writer_finish(struct alloc_writer *w, struct alloc_range *ret,
			struct err *e)
{
	int r = flush(w, e);

	if (r == 0)
		*ret = w->range;
	return r;
}
