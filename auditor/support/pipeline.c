/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/pipeline.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

#define MAX_THREADS 256U

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

static void *worker(void *arg)
{
	struct pipeline *p = arg;

	pthread_mutex_lock(&p->lock);
	for (;;) {
		size_t item;

		while (!p->stop && p->next < p->job->count &&
		       p->next - p->consumed >= p->job->window)
			pthread_cond_wait(&p->taken, &p->lock);
		if (p->stop || p->next >= p->job->count)
			break;
		item = p->next++;
		pthread_mutex_unlock(&p->lock);
		p->job->produce(p->job->context, item);
		pthread_mutex_lock(&p->lock);
		p->ready[item] = true;
		if (item == p->consumed)
			pthread_cond_signal(&p->made);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

static int consume_all(struct pipeline *p, struct err *e)
{
	int r = 0;

	while (r >= 0) {
		pthread_mutex_lock(&p->lock);
		if (p->consumed == p->job->count) {
			pthread_mutex_unlock(&p->lock);
			return 0;
		}
		while (!p->ready[p->consumed])
			pthread_cond_wait(&p->made, &p->lock);
		pthread_mutex_unlock(&p->lock);

		r = p->job->consume(p->job->context, p->consumed, e);

		pthread_mutex_lock(&p->lock);
		p->consumed++;
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
