/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/pipeline.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

#define MAX_THREADS 256U

/* Items that are handed out and taken at a time: a small object is read in
 * less time than it takes to wake a thread. */
#define BATCH ((size_t)16)

struct pipeline {
	const struct pipeline_job *job;
	pthread_mutex_t lock;
	pthread_cond_t made, taken;
	size_t next;	 /* item to hand out */
	size_t consumed; /* items taken */
	bool stop;
	bool *ready; /* by item */
};

unsigned int pipeline_default_threads(void)
{
	cpu_set_t set;
	int n = 0;

	if (sched_getaffinity(0, sizeof(set), &set) == 0)
		n = CPU_COUNT(&set);
	return n > 0 ? (unsigned int)n : 1;
}

/* How many of the next items one worker gets; near the end fewer, so that all
 * end at the same time.  The lock is held. */
static size_t batch_size(const struct pipeline *p)
{
	size_t room = p->job->window - (p->next - p->consumed);
	size_t share = (p->job->count - p->next) / (4 * p->job->threads) + 1;
	size_t n = share < BATCH ? share : BATCH;

	return n < room ? n : room;
}

static void *worker(void *arg)
{
	struct pipeline *p = arg;

	pthread_mutex_lock(&p->lock);
	for (;;) {
		size_t first, n;

		while (!p->stop && p->next < p->job->count &&
		       p->next - p->consumed >= p->job->window)
			pthread_cond_wait(&p->taken, &p->lock);
		if (p->stop || p->next >= p->job->count)
			break;
		first = p->next;
		n = batch_size(p);
		if (n > p->job->count - first)
			n = p->job->count - first;
		p->next += n;
		pthread_mutex_unlock(&p->lock);
		for (size_t i = 0; i < n; i++)
			p->job->produce(p->job->context, first + i);
		pthread_mutex_lock(&p->lock);
		for (size_t i = 0; i < n; i++)
			p->ready[first + i] = true;
		if (first == p->consumed)
			pthread_cond_signal(&p->made);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

/* Waits for the next item; returns how far all are ready from there, or the
 * number of items at the end. */
static size_t wait_for_items(struct pipeline *p)
{
	size_t end = p->consumed;

	pthread_mutex_lock(&p->lock);
	while (end < p->job->count && !p->ready[end])
		pthread_cond_wait(&p->made, &p->lock);
	while (end < p->job->count && end - p->consumed < BATCH &&
	       p->ready[end])
		end++;
	pthread_mutex_unlock(&p->lock);
	return end;
}

static int consume_all(struct pipeline *p, struct err *e)
{
	int r = 0;

	while (r >= 0 && p->consumed < p->job->count) {
		size_t end = wait_for_items(p), at = p->consumed;

		/* One that fails is consumed, too. */
		while (r >= 0 && at < end)
			r = p->job->consume(p->job->context, at++, e);
		pthread_mutex_lock(&p->lock);
		p->consumed = at;
		pthread_cond_broadcast(&p->taken);
		pthread_mutex_unlock(&p->lock);
	}
	return r;
}

static int run_here(const struct pipeline_job *job, struct err *e)
{
	for (size_t i = 0; i < job->count; i++) {
		int r;

		job->produce(job->context, i);
		r = job->consume(job->context, i, e);
		if (r < 0)
			return r;
	}
	return 0;
}

static unsigned int start(struct pipeline *p, pthread_t *threads)
{
	unsigned int want = p->job->threads < MAX_THREADS ? p->job->threads
							  : MAX_THREADS;
	unsigned int n = 0;

	while (n < want && pthread_create(&threads[n], NULL, worker, p) == 0)
		n++;
	return n;
}

static void finish(struct pipeline *p, pthread_t *threads, unsigned int n)
{
	pthread_mutex_lock(&p->lock);
	p->stop = true;
	pthread_cond_broadcast(&p->taken);
	pthread_mutex_unlock(&p->lock);
	for (unsigned int i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
	for (size_t i = p->consumed; i < p->job->count; i++)
		if (p->ready[i])
			p->job->drop(p->job->context, i);
}

int pipeline_run(const struct pipeline_job *job, struct err *e)
{
	pthread_t threads[MAX_THREADS];
	struct pipeline p = {
		.job = job,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.made = PTHREAD_COND_INITIALIZER,
		.taken = PTHREAD_COND_INITIALIZER,
	};
	unsigned int n;
	int r;

	if (job->threads <= 1 || job->count <= 1)
		return run_here(job, e);
	p.ready = calloc(job->count, sizeof(*p.ready));
	n = p.ready ? start(&p, threads) : 0;
	if (n == 0) {
		free(p.ready);
		return run_here(job, e);
	}
	r = consume_all(&p, e);
	finish(&p, threads, n);
	pthread_mutex_destroy(&p.lock);
	pthread_cond_destroy(&p.made);
	pthread_cond_destroy(&p.taken);
	free(p.ready);
	return r;
}
