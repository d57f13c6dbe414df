/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/changed_objects.h"

#include "support/grow.h"

static int read_objects(const struct database *d, int64_t build,
			struct build_objects *ret, struct err *e)
{
	const struct binding bindings[] = { { ":build", NULL, &build },
					    { NULL, NULL, NULL } };
	sqlite3_stmt *st;
	int r = database_prepare(d, "blame-objects", bindings, &st, e);

	if (r < 0)
		return r;
	while ((r = database_step(d, st, e)) == 1) {
		if (grow_room((void **)&ret->list, ret->n, &ret->room,
			      sizeof(*ret->list))) {
			r = err_nomem(e);
			break;
		}
		ret->list[ret->n++] = (struct build_object){
			sqlite3_column_int64(st, 0),
			sqlite3_column_int64(st, 1),
		};
	}
	sqlite3_finalize(st);
	return r;
}

/* Leaves of both what the other does not have; they are sorted. */
static void drop_equal(struct build_objects *a, struct build_objects *b)
{
	size_t i = 0, k = 0, na = 0, nb = 0;

	while (i < a->n || k < b->n) {
		if (k == b->n ||
		    (i < a->n && a->list[i].path < b->list[k].path)) {
			a->list[na++] = a->list[i++];
		} else if (i == a->n || b->list[k].path < a->list[i].path) {
			b->list[nb++] = b->list[k++];
		} else if (a->list[i].footprint == b->list[k].footprint) {
			i++;
			k++;
		} else {
			a->list[na++] = a->list[i++];
			b->list[nb++] = b->list[k++];
		}
	}
	a->n = na;
	b->n = nb;
}

static bool has_path(const struct build_objects *o, int64_t path)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->list[i].path == path)
			return true;
	return false;
}

/* Objects of one side that the other lacks, of that footprint. */
static size_t count_new(const struct build_objects *side,
			const struct build_objects *other, int64_t footprint,
			int64_t *ret_path)
{
	size_t n = 0;

	for (size_t i = 0; i < side->n; i++) {
		if (side->list[i].footprint != footprint ||
		    has_path(other, side->list[i].path))
			continue;
		*ret_path = side->list[i].path;
		n++;
	}
	return n;
}

int changed_objects(const struct database *d, int64_t from_build,
		    int64_t to_build, struct build_objects *from,
		    struct build_objects *to, struct err *e)
{
	int r = read_objects(d, from_build, from, e);

	if (r == 0)
		r = read_objects(d, to_build, to, e);
	if (r == 0)
		drop_equal(from, to);
	return r;
}

bool changed_object_moved(const struct build_objects *from,
			  const struct build_objects *to, int64_t footprint,
			  int64_t *ret_path)
{
	int64_t ignored;

	return count_new(from, to, footprint, &ignored) == 1 &&
	       count_new(to, from, footprint, ret_path) == 1;
}
