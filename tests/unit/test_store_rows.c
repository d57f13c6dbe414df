/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The thread that inserts allocations: all rows arrive, whatever their
 * number is to the batches, and an error of the thread comes out.
 */
#include "store_fixture.h"

#include "store/row_thread.h"

/* Of row_thread.c: rows in a batch, and more batches than its ring has. */
#define BATCH 2048
#define RINGS (20 * BATCH)

static struct store *begin(const struct place *p)
{
	struct store *s = NULL;
	struct err e;

	assert_int_equal(store_open(p->path, &s, &e), 0);
	assert_int_equal(store_begin(s, 1000, &e), 0);
	return s;
}

static int put(struct row_thread *t, int64_t id, struct err *e)
{
	const struct alloc_row row = {
		.id = id,
		.ptr = id * 64,
		.alloc_ns = id,
		.lifetime_ns = 5,
		.shape = 1,
		.task = 1,
		.ending = 1,
		.ended = id % 2,
	};

	return row_thread_put(t, &row, e);
}

static void test_all_arrive(void **state)
{
	static const int64_t counts[] = { 0,	 1,	    BATCH - 1,
					  BATCH, BATCH + 1, RINGS + 7 };
	const struct place *p = *state;
	struct store *s = begin(p);
	int64_t id = 0, sum = 0;
	struct err e;

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		struct row_thread *t = NULL;

		assert_int_equal(row_thread_new(s, &t, &e), 0);
		for (int64_t n = 0; n < counts[i]; n++)
			assert_int_equal(put(t, ++id, &e), 0);
		assert_int_equal(row_thread_idle(t, &e), 0);
		/* Idle is no end: more may come. */
		assert_int_equal(put(t, ++id, &e), 0);
		assert_int_equal(row_thread_idle(t, &e), 0);
		row_thread_free(t);
		sum += counts[i] + 1;
	}
	assert_int_equal(store_commit(s, &e), 0);
	store_close(s);
	assert_int_equal(id, sum);
	assert_int_equal(ask(p, "SELECT count(*) FROM allocation"), sum);
	assert_int_equal(ask(p, "SELECT sum(ptr) FROM allocation"),
			 64 * (sum * (sum + 1) / 2));
	assert_int_equal(
		ask(p,
		    "SELECT count(*) FROM allocation WHERE (id % 2 = 1) <> (lifetime_ns IS 5)"),
		0);
}

static void test_error(void **state)
{
	struct store *s = begin(*state);
	struct row_thread *t = NULL;
	struct err e = { ERR_NONE, "" };
	int r = 0;

	assert_int_equal(row_thread_new(s, &t, &e), 0);
	for (int64_t id = 1000001; id <= 1000000 + BATCH && !r; id++)
		r = put(t, id, &e);
	assert_int_equal(r, 0);
	/* The same ids once more: a batch that the thread cannot insert. */
	for (int64_t id = 1000001; id <= 1000000 + RINGS && !r; id++)
		r = put(t, id, &e);
	if (!r)
		r = row_thread_idle(t, &e);
	assert_int_equal(r, -(int)ERR_DB);
	assert_non_null(strstr(e.text, "UNIQUE"));
	/* It stays what it is. */
	e.code = ERR_NONE;
	assert_int_equal(row_thread_idle(t, &e), -(int)ERR_DB);
	row_thread_free(t);
	store_rollback(s);
	store_close(s);
}

/* Stopped in the middle: nothing hangs, nothing is lost but the rows. */
static void test_left_undone(void **state)
{
	struct store *s = begin(*state);
	struct row_thread *t = NULL;
	struct err e;

	assert_int_equal(row_thread_new(s, &t, &e), 0);
	for (int64_t id = 2000001; id <= 2000000 + 3 * BATCH + 5; id++)
		assert_int_equal(put(t, id, &e), 0);
	row_thread_free(t);
	row_thread_free(NULL);
	store_rollback(s);
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_arrive),
		cmocka_unit_test(test_error),
		cmocka_unit_test(test_left_undone),
	};

	return cmocka_run_group_tests(tests, make_place, remove_place);
}
