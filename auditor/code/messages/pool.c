/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "code/messages/pool.h"

#include <pthread.h>
#include <stdlib.h>

/* More threads than this make theirs anew. */
#define KEPT_MAX 64

struct analyser_pool {
	pthread_mutex_t lock;
	struct kept {
		struct analyser *analyser;
		enum code_isa isa;
		bool big_endian;
	} list[KEPT_MAX];
	size_t count;
};

struct analyser_pool *analyser_pool_new(void)
{
	struct analyser_pool *p = calloc(1, sizeof(*p));

	if (p && pthread_mutex_init(&p->lock, NULL)) {
		free(p);
		p = NULL;
	}
	return p;
}

void analyser_pool_free(struct analyser_pool *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->count; i++)
		analyser_close(p->list[i].analyser);
	pthread_mutex_destroy(&p->lock);
	free(p);
}

static struct analyser *kept(struct analyser_pool *p,
			     const struct code_object *o)
{
	struct analyser *a = NULL;

	pthread_mutex_lock(&p->lock);
	/* The last one given is the one whose memory is near. */
	for (size_t i = p->count; !a && i-- > 0;)
		if (p->list[i].isa == o->isa &&
		    p->list[i].big_endian == o->big_endian) {
			a = p->list[i].analyser;
			p->list[i] = p->list[--p->count];
		}
	pthread_mutex_unlock(&p->lock);
	return a;
}

int analyser_take(const struct object_facts *f, struct analyser **ret,
		  struct err *e)
{
	struct analyser *a = f->job->pool ? kept(f->job->pool, &f->o) : NULL;

	if (!a)
		return analyser_open(f, ret, e);
	*ret = a;
	return 0;
}

void analyser_give(const struct object_facts *f, struct analyser *a)
{
	struct analyser_pool *p = f->job->pool;
	bool taken = false;

	if (p) {
		pthread_mutex_lock(&p->lock);
		if (p->count < KEPT_MAX) {
			p->list[p->count++] = (struct kept){ a, f->o.isa,
							     f->o.big_endian };
			taken = true;
		}
		pthread_mutex_unlock(&p->lock);
	}
	if (!taken)
		analyser_close(a);
}
