/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Many producers, one consumer: each item once, in order, never more than the
 * window ahead, and the error that stopped it comes out.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/pipeline.h"

#define ITEMS 5000
#define WINDOW 7
#define NEVER SIZE_MAX

struct work {
	pthread_mutex_t lock;
	unsigned int made[ITEMS], taken[ITEMS], dropped[ITEMS];
	size_t next;	/* item that must be consumed next */
	size_t waiting; /* made and not yet taken */
	size_t most_waiting;
	size_t fail_at;
	pthread_t consumer;
	bool elsewhere; /* something was produced on another thread */
};

static void produce(void *context, size_t item)
{
	struct work *w = context;

	pthread_mutex_lock(&w->lock);
	w->made[item]++;
	w->waiting++;
	if (w->waiting > w->most_waiting)
		w->most_waiting = w->waiting;
	if (!pthread_equal(pthread_self(), w->consumer))
		w->elsewhere = true;
	pthread_mutex_unlock(&w->lock);
}

static int consume(void *context, size_t item, struct err *e)
{
	struct work *w = context;

	pthread_mutex_lock(&w->lock);
	assert_int_equal(item, w->next);
	assert_int_equal(w->made[item], 1);
	assert_true(pthread_equal(pthread_self(), w->consumer));
	w->next++;
	w->taken[item]++;
	w->waiting--;
	pthread_mutex_unlock(&w->lock);
	if (item >= w->fail_at)
		return err_set(e, ERR_DB, "item %zu of the first", item);
	return 0;
}

static void drop(void *context, size_t item)
{
	struct work *w = context;

	w->dropped[item]++;
}

static int run(struct work *w, size_t count, unsigned int threads,
	       size_t fail_at, struct err *e)
{
	struct pipeline_job job = {
		.count = count,
		.threads = threads,
		.window = WINDOW,
		.context = w,
		.produce = produce,
		.consume = consume,
		.drop = drop,
	};

	*w = (struct work){ .fail_at = fail_at, .consumer = pthread_self() };
	pthread_mutex_init(&w->lock, NULL);
	return pipeline_run(&job, e);
}

static void test_order(void **state)
{
	static const unsigned int threads[] = { 0, 1, 2, 3, 16 };
	static struct work w;
	struct err e = { ERR_NONE, "" };

	(void)state;
	for (size_t t = 0; t < sizeof(threads) / sizeof(threads[0]); t++) {
		assert_int_equal(run(&w, ITEMS, threads[t], NEVER, &e), 0);
		assert_int_equal(w.next, ITEMS);
		assert_int_equal(e.code, ERR_NONE);
		assert_int_equal(w.elsewhere, threads[t] > 1);
		assert_in_range(w.most_waiting, 1, WINDOW);
		for (size_t i = 0; i < ITEMS; i++) {
			assert_int_equal(w.made[i], 1);
			assert_int_equal(w.taken[i], 1);
			assert_int_equal(w.dropped[i], 0);
		}
	}
}

static void test_few(void **state)
{
	static struct work w;
	struct err e;

	(void)state;
	for (size_t count = 0; count < 4; count++) {
		assert_int_equal(run(&w, count, 4, NEVER, &e), 0);
		assert_int_equal(w.next, count);
	}
}

/* The first error stops it and is the one that comes out; what was made by
 * then is dropped, once. */
static void test_error(void **state)
{
	static const size_t at[] = { 0, 1, WINDOW, 1234, ITEMS - 1 };
	static struct work w;
	struct err e;

	(void)state;
	for (size_t k = 0; k < 2 * sizeof(at) / sizeof(at[0]); k++) {
		size_t stop = at[k / 2];
		char text[64];

		e = (struct err){ ERR_NONE, "" };
		assert_int_equal(run(&w, ITEMS, k % 2 ? 1 : 4, stop, &e),
				 -(int)ERR_DB);
		snprintf(text, sizeof(text), "item %zu of the first", stop);
		assert_string_equal(e.text, text);
		assert_int_equal(e.code, ERR_DB);
		assert_int_equal(w.next, stop + 1);
		for (size_t i = 0; i < ITEMS; i++) {
			assert_int_equal(w.taken[i], i <= stop);
			assert_int_equal(w.dropped[i],
					 i > stop && w.made[i] ? 1 : 0);
			assert_true(w.made[i] <= 1);
		}
	}
}

static void test_threads(void **state)
{
	(void)state;
	assert_in_range(pipeline_default_threads(), 1, 1 << 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_few),
		cmocka_unit_test(test_error),
		cmocka_unit_test(test_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
