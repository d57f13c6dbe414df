/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/row_thread.h"

#include <pthread.h>
#include <stdlib.h>

#define BATCH_ROWS 2048
#define BATCHES 8 /* a ring: 1 MB of rows */

struct batch {
	struct alloc_row rows[BATCH_ROWS];
	size_t count;
};

struct row_thread {
	struct store *s;
	sqlite3_stmt *put;
	struct batch *ring;
	pthread_t thread;
	bool started;
	pthread_mutex_t lock;
	pthread_cond_t more, room;
	/* Batches handed over and done, ever; the one being filled is
	 * ring[given % BATCHES]. Under lock, and so is what follows. */
	size_t given, done;
	bool stop;
	struct err err; /* code 0: none */
};

static int insert(struct row_thread *t, const struct alloc_row *row,
		  struct err *e)
{
	sqlite3_stmt *st = t->put;
	int rc;

	sqlite3_bind_int64(st, 1, row->id);
	sqlite3_bind_int64(st, 2, row->ptr);
	sqlite3_bind_int64(st, 3, row->alloc_ns);
	if (row->ended)
		sqlite3_bind_int64(st, 4, row->lifetime_ns);
	else
		sqlite3_bind_null(st, 4);
	sqlite3_bind_int64(st, 5, row->shape);
	sqlite3_bind_int64(st, 6, row->task);
	sqlite3_bind_int64(st, 7, row->ending);
	rc = sqlite3_step(st);
	sqlite3_reset(st);
	return rc == SQLITE_DONE ? 0 : store_fail(t->s, e);
}

static int insert_batch(struct row_thread *t, const struct batch *b,
			struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < b->count && r == 0; i++)
		r = insert(t, &b->rows[i], e);
	return r;
}

static void *run(void *arg)
{
	struct row_thread *t = arg;
	struct err e;

	pthread_mutex_lock(&t->lock);
	for (;;) {
		struct batch *b;
		bool bad;
		int r;

		while (t->given == t->done && !t->stop)
			pthread_cond_wait(&t->more, &t->lock);
		if (t->stop)
			break;
		b = &t->ring[t->done % BATCHES];
		/* An error may have ended the transaction: what is inserted
		 * after it would stay. */
		bad = t->err.code != ERR_NONE;
		pthread_mutex_unlock(&t->lock);
		r = bad ? 0 : insert_batch(t, b, &e);
		pthread_mutex_lock(&t->lock);
		b->count = 0;
		t->done++;
		if (r < 0 && !t->err.code)
			t->err = e;
		pthread_cond_signal(&t->room);
	}
	pthread_mutex_unlock(&t->lock);
	return NULL;
}

int row_thread_new(struct store *s, struct row_thread **ret, struct err *e)
{
	struct row_thread *t = calloc(1, sizeof(*t));
	int r;

	if (!t || !(t->ring = calloc(BATCHES, sizeof(*t->ring)))) {
		free(t);
		return err_nomem(e);
	}
	t->s = s;
	r = store_select(s, ST_ALLOCATION_PUT, NULL, 0, &t->put, e);
	if (r < 0) {
		free(t->ring);
		free(t);
		return r;
	}
	pthread_mutex_init(&t->lock, NULL);
	pthread_cond_init(&t->more, NULL);
	pthread_cond_init(&t->room, NULL);
	*ret = t;
	return 0;
}

/* Hands the filled batch over and waits until there is an empty one. */
static int give(struct row_thread *t, struct err *e)
{
	int r = 0;

	if (!t->started) {
		if (pthread_create(&t->thread, NULL, run, t) != 0)
			return err_set(e, ERR_NOMEM, "cannot start a thread");
		t->started = true;
	}
	pthread_mutex_lock(&t->lock);
	t->given++;
	pthread_cond_signal(&t->more);
	while (t->given - t->done == BATCHES)
		pthread_cond_wait(&t->room, &t->lock);
	if (t->err.code) {
		*e = t->err;
		r = -(int)e->code;
	}
	pthread_mutex_unlock(&t->lock);
	return r;
}

int row_thread_put(struct row_thread *t, const struct alloc_row *row,
		   struct err *e)
{
	struct batch *b = &t->ring[t->given % BATCHES];

	b->rows[b->count++] = *row;
	return b->count == BATCH_ROWS ? give(t, e) : 0;
}

int row_thread_idle(struct row_thread *t, struct err *e)
{
	struct batch *b = &t->ring[t->given % BATCHES];
	int r = 0;

	if (t->started) {
		pthread_mutex_lock(&t->lock);
		while (t->given != t->done)
			pthread_cond_wait(&t->room, &t->lock);
		if (t->err.code) {
			*e = t->err;
			r = -(int)e->code;
		}
		pthread_mutex_unlock(&t->lock);
	}
	/* The rest is not worth a thread. */
	if (r == 0)
		r = insert_batch(t, b, e);
	b->count = 0;
	return r;
}

void row_thread_free(struct row_thread *t)
{
	if (!t)
		return;
	if (t->started) {
		pthread_mutex_lock(&t->lock);
		t->stop = true;
		pthread_cond_signal(&t->more);
		pthread_mutex_unlock(&t->lock);
		pthread_join(t->thread, NULL);
	}
	pthread_cond_destroy(&t->more);
	pthread_cond_destroy(&t->room);
	pthread_mutex_destroy(&t->lock);
	free(t->ring);
	free(t);
}
