/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/audit.h"
#include "elf/elf_object.h"
#include "store/record_load.h"

static int put_skip(struct audit *a, const char *path, const char *reason,
		    int64_t *ordinal, struct err *e)
{
	return store_skip(a->store, a->build, (*ordinal)++, path, reason, e);
}

static int put_objects(struct audit *a, int64_t *skip, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < a->tree.nobjects && r == 0; i++) {
		const struct tree_object *t = &a->tree.objects[i];
		const struct audit_object *o = &a->objects[i];

		if (o->failed)
			r = put_skip(a, t->path, o->err.text, skip, e);
		else
			r = store_object(a->store, a->build, t->path,
					 o->footprint, t->role,
					 o->placement_set, e);
	}
	return r;
}

/* The stamp of an opened object, and its record for the next layout; of what
 * changed too recently they are worth nothing, and old ones must not stay. */
static int put_stamp(struct audit *a, size_t i, struct err *e)
{
	const struct tree_object *t = &a->tree.objects[i];
	const struct audit_object *o = &a->objects[i];
	const struct object_record *record = NULL;
	int r;

	if (o->failed || audit_is_racy(a, &t->stamp)) {
		r = store_stamp_drop(a->store, a->stamps.tree, t->path, e);
	} else {
		r = store_stamp_put(a->store, a->stamps.tree, t->path,
				    &t->stamp, o->footprint,
				    t->role == ROLE_MODULE ? o->placement_set
							   : 0,
				    e);
		if (o->keep && o->have_record)
			record = &o->record;
	}
	return r < 0 ? r
		     : store_record_put(a->store, a->stamps.tree, t->path,
					record, e);
}

static int put_stamps(struct audit *a, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < a->tree.nobjects && r == 0; i++)
		if (!a->objects[i].cached)
			r = put_stamp(a, i, e);
	return r;
}

static int measure_image(struct audit *a, const struct tree_image *image,
			 struct object_record *ret, struct err *e)
{
	int fd = audit_open(a, image->path, e);
	int r;

	if (fd < 0)
		return fd;
	r = elf_object_read(fd, 0, ret, e);
	close(fd);
	return r;
}

/* Where its code is, for call sites. */
static int put_map(struct audit *a, const struct tree_image *image, int64_t id,
		   struct err *e)
{
	const struct object_record **members = calloc(image->nmembers + 1,
						      sizeof(*members));
	int r;

	if (!members)
		return err_nomem(e);
	for (size_t i = 0; i < image->nmembers; i++)
		if (a->objects[image->members[i]].have_record)
			members[i] = &a->objects[image->members[i]].record;
	r = store_image_map(a->store, id, &a->vmlinux, &a->layout, members,
			    image->nmembers, e);
	free(members);
	return r;
}

static int put_vmlinux(struct audit *a, const struct tree_image *image,
		       struct err *e)
{
	int64_t linked, id;
	int r = store_linked_image(a->store, &a->vmlinux, &linked, e);

	if (r < 0 ||
	    (r = store_image(a->store, a->build, &a->tree, image, linked,
			     &a->vmlinux, &a->layout, &id, e)) < 0)
		return r;
	return put_map(a, image, id, e);
}

static int put_image(struct audit *a, const struct tree_image *image,
		     int64_t *skip, struct err *e)
{
	struct object_record record;
	int64_t linked;
	struct err why;
	int r;

	if (image->kind == IMAGE_VMLINUX && a->have_vmlinux)
		return put_vmlinux(a, image, e);
	if (!image->present)
		return store_image(a->store, a->build, &a->tree, image, 0, NULL,
				   NULL, NULL, e);
	r = measure_image(a, image, &record, &why);
	if (r < 0) {
		if (why.code == ERR_NOMEM) {
			*e = why;
			return r;
		}
		a->skipped++;
		r = put_skip(a, image->path, why.text, skip, e);
		return r < 0 ? r
			     : store_image(a->store, a->build, &a->tree, image,
					   0, NULL, NULL, NULL, e);
	}
	r = store_linked_image(a->store, &record, &linked, e);
	if (r == 0)
		r = store_image(a->store, a->build, &a->tree, image, linked,
				&record, NULL, NULL, e);
	object_record_release(&record);
	return r;
}

static int put_remarks(struct audit *a, const struct remarks *remarks,
		       int64_t *ordinal, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < remarks_count(remarks) && r == 0; i++)
		r = store_remark(a->store, a->build, (*ordinal)++,
				 remarks_text(remarks, i), e);
	return r;
}

/* Members that were compiled after the image was linked are not what is in
 * it: the build was not finished, or somebody compiled one file since. */
static int put_newer(struct audit *a, int64_t *ordinal, struct err *e)
{
	for (size_t i = 0; i < a->tree.nimages; i++) {
		const struct tree_image *image = &a->tree.images[i];
		const char *first = NULL;
		struct arena *arena = &a->tree.arena;
		const char *text;
		size_t n = 0;
		int r;

		if (image->kind > IMAGE_MODULE || !image->present)
			continue;
		for (size_t k = 0; k < image->nmembers; k++) {
			const struct tree_object *o =
				&a->tree.objects[image->members[k]];

			if (o->stamp.mtime_ns <= image->stamp.mtime_ns)
				continue;
			first = first ? first : o->path;
			n++;
		}
		if (!n)
			continue;
		text = arena_printf(
			arena,
			"%zu objects are newer than '%s' (such as '%s'): run make to its end and audit again",
			n, image->path, first);
		r = text ? store_remark(a->store, a->build, (*ordinal)++, text,
					e)
			 : err_nomem(e);
		if (r < 0)
			return r;
	}
	return 0;
}

static int put_all_remarks(struct audit *a, struct err *e)
{
	int64_t ordinal = 0;
	int r;

	if ((r = put_remarks(a, &a->info.remarks, &ordinal, e)) == 0 &&
	    (r = put_remarks(a, &a->tree.remarks, &ordinal, e)) == 0 &&
	    (r = put_remarks(a, &a->layout.remarks, &ordinal, e)) == 0)
		r = put_newer(a, &ordinal, e);
	return r;
}

int audit_write(struct audit *a, struct err *e)
{
	static const unsigned char untrusted[STATE_LEN];
	int64_t skip = 0;
	int r;

	r = store_build_put(a->store, &a->info, a->build,
			    a->racy ? untrusted : a->state, a->started_ns,
			    &a->build, e);
	if (r < 0 || (r = put_objects(a, &skip, e)) < 0)
		return r;
	for (size_t i = 0; i < a->tree.nimages && r == 0; i++)
		r = put_image(a, &a->tree.images[i], &skip, e);
	for (size_t i = 0; i < a->tree.nskips && r == 0; i++)
		r = put_skip(a, a->tree.skips[i].path, a->tree.skips[i].reason,
			     &skip, e);
	a->skipped += a->tree.nskips;
	if (r < 0 || (r = put_all_remarks(a, e)) < 0)
		return r;
	return put_stamps(a, e);
}
