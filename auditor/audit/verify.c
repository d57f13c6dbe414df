/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/verify_compare.h"
#include "audit/verify_wire.h"
#include "bfd/bfd_room.h"
#include "bfd/load.h"
#include "store/reading.h"
#include "support/child.h"
#include "support/grow.h"

/* libbfd reads 1,500 objects in a second. */
static const struct child_limits limits = {
	.seconds = 600,
	.memory_bytes = UINT64_C(4) << 30,
};

/* One child, which reads objects[first..nobjects) one after the other. */
struct reader {
	const struct verify_job *job;
	const struct stored_object *objects;
	size_t nobjects;
	const struct bfd_room *room;
	size_t first;
	struct child child;
	FILE *in;
};

struct verification {
	const struct verify_job *job;
	struct stored_object *objects;
	size_t nobjects;
	struct verify_result *result;
	size_t capacity; /* of result->differences */
};

static void send_one(const struct reader *r, const char *path, FILE *out)
{
	struct arena a = ARENA_INIT;
	struct second_reading o;
	struct err e = { ERR_NONE, "" };
	int fd = r->job->open(r->job->ctx, path, &e);

	if (fd < 0 || r->room->read(fd, path, &a, &o, &e))
		verify_send_error(out, e.text);
	else
		verify_send(out, &o);
	if (fd >= 0)
		close(fd);
	arena_release(&a);
	/* What was read is out before the next object can crash libbfd. */
	fflush(out);
}

static int child_main(int fd, void *arg)
{
	struct reader *r = arg;
	FILE *out = fdopen(fd, "w");

	if (!out)
		return 1;
	for (size_t i = r->first; i < r->nobjects; i++)
		send_one(r, r->objects[i].path, out);
	return fclose(out) != 0;
}

static int reader_start(struct reader *r, struct err *e)
{
	int ret = child_start(&r->child, &limits, &r->job->root, 1, child_main,
			      r, e);

	if (ret < 0)
		return ret;
	r->in = fdopen(dup(r->child.pipe), "r");
	if (!r->in) {
		char why[64];

		child_end(&r->child, true, why, sizeof(why));
		return err_set_errno(e, ERR_IO, "cannot read from a pipe");
	}
	return 0;
}

static void reader_stop(struct reader *r, char *why, size_t size)
{
	if (r->in)
		fclose(r->in);
	r->in = NULL;
	child_end(&r->child, false, why, size);
}

static int put_difference(struct verification *v, const char *path,
			  const char *text, struct err *e)
{
	struct verify_result *o = v->result;
	struct verify_difference *d;

	if (grow_room((void **)&o->differences, o->ndifferences, &v->capacity,
		      sizeof(*o->differences)))
		return err_nomem(e);
	d = &o->differences[o->ndifferences];
	d->path = path;
	d->text = arena_printf(&o->arena, "'%s': %s", path, text);
	if (!d->text)
		return err_nomem(e);
	o->ndifferences++;
	return store_reading_difference(v->job->store, v->job->build, d->text,
					e);
}

static int compare_one(struct verification *v, const struct stored_object *o,
		       const struct second_reading *second, struct arena *a,
		       struct err *e)
{
	struct stored_reading stored;
	const char *text = NULL;
	int r = store_reading(v->job->store, o->footprint, a, &stored, e);

	if (r < 0)
		return r;
	if (verify_compare(&stored, second, a, &text))
		return err_nomem(e);
	v->result->objects++;
	if (text)
		return put_difference(v, o->path, text, e);
	v->result->agreed++;
	v->result->symbols += stored.nsymbols;
	v->result->unsized += !second->sizes_known;
	return 0;
}

/* 1: go on, 0: the child ended before it had read this object. */
static int take_one(struct verification *v, struct reader *r,
		    const struct stored_object *o, struct err *e)
{
	struct arena a = ARENA_INIT;
	struct second_reading second;
	const char *error = NULL;
	int got = verify_receive(r->in, &a, &second, &error), ret = 1;

	if (got < 0)
		ret = 0;
	else if (got == 0)
		ret = put_difference(v, o->path, error, e) < 0 ? -(int)e->code
							       : 1;
	else if (compare_one(v, o, &second, &a, e) < 0)
		ret = -(int)e->code;
	arena_release(&a);
	return ret;
}

/* Objects from *at on, with one child; *at is the first it did not read. */
static int run_reader(struct verification *v, const struct bfd_room *room,
		      size_t *at, struct err *e)
{
	struct reader r = {
		.job = v->job,
		.objects = v->objects,
		.nobjects = v->nobjects,
		.room = room,
		.first = *at,
		.child = CHILD_INIT,
	};
	char why[64] = "broke off";
	int ret = reader_start(&r, e);

	if (ret < 0)
		return ret;
	ret = 1;
	while (ret == 1 && *at < v->nobjects) {
		ret = take_one(v, &r, &v->objects[*at], e);
		*at += ret == 1;
	}
	reader_stop(&r, why, sizeof(why));
	if (ret == 0) {
		char text[128];

		snprintf(text, sizeof(text), "libbfd %s on it", why);
		ret = put_difference(v, v->objects[*at].path, text, e);
		++*at;
	}
	return ret < 0 ? ret : 0;
}

int audit_verify(const struct verify_job *job, struct verify_result *ret,
		 struct err *e)
{
	struct verification v = { .job = job, .result = ret };
	const struct bfd_room *room;
	size_t at = 0;
	int r;

	memset(ret, 0, sizeof(*ret));
	r = bfd_room_load(&room, e);
	if (r == 0)
		r = store_reading_objects(job->store, job->build, &ret->arena,
					  &v.objects, &v.nobjects, e);
	while (r == 0 && at < v.nobjects)
		r = run_reader(&v, room, &at, e);
	return r;
}

void verify_release(struct verify_result *r)
{
	free(r->differences);
	arena_release(&r->arena);
}
