/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/builder_images.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/grow.h"

int builder_image(struct builder *b, const char *path, const char *name,
		  enum image_kind kind, struct err *e)
{
	struct draft_image d = { .i = { .kind = kind } };
	uint64_t ko;

	if (b->nimages >= UINT32_MAX - 1)
		return err_set(e, ERR_FORMAT,
			       "more images than can be counted in '%s'",
			       b->where);
	d.i.path = arena_strdup(&b->arena, path);
	d.i.name = arena_strdup(&b->arena, name);
	if (!d.i.path || !d.i.name ||
	    grow_room((void **)&b->images, b->nimages, &b->images_capacity,
		      sizeof(*b->images)))
		return err_nomem(e);
	if (strmap_get(&b->kos, path, strlen(path), &ko)) {
		d.i.present = true;
		d.i.stamp = b->ko_stamps[ko];
	} else {
		d.i.present = builder_stat(b, path, &d.i.stamp);
	}
	b->images[b->nimages++] = d;
	return 0;
}

int builder_member(struct builder *b, uint32_t object, enum object_role role,
		   bool lib_member, struct err *e)
{
	struct draft_image *d = &b->images[b->nimages - 1];
	struct draft_object *o = &b->objects[object];

	if (o->in_image == b->nimages)
		return 0;
	if (grow_room((void **)&d->i.members, d->i.nmembers, &d->capacity,
		      sizeof(*d->i.members)))
		return err_nomem(e);
	d->i.members[d->i.nmembers++] = object;
	o->in_image = (uint32_t)b->nimages;
	if (!o->decided) {
		o->o.lib_member = lib_member;
		o->o.dir_list = b->dir_list;
	}
	builder_decide(b, object, role);
	return 0;
}

int builder_member_path(struct builder *b, const char *path,
			enum object_role role, const char *named_by,
			struct err *e)
{
	char reason[512];
	uint32_t i;
	int r = builder_object(b, path, &i, e);

	if (r)
		return r;
	if (i != OBJECT_NONE)
		return builder_member(b, i, role, false, e);
	snprintf(reason, sizeof(reason), "named by '%.400s', but not there",
		 named_by);
	return builder_skip(b, path, reason, e);
}

int builder_partial_link_group(struct builder *b, size_t first, struct err *e)
{
	struct draft_image *d = &b->images[b->nimages - 1];
	size_t count = d->i.nmembers - first;

	if (count < 2)
		return 0;
	if (grow_room((void **)&d->i.groups, d->i.ngroups, &d->groups_capacity,
		      sizeof(*d->i.groups)))
		return err_nomem(e);
	d->i.groups[d->i.ngroups++] =
		(struct partial_link_group){ (uint32_t)first, (uint32_t)count };
	return 0;
}

int builder_to_front(struct builder *b, size_t n, struct err *e)
{
	struct tree_image *img = &b->images[b->nimages - 1].i;
	size_t tail = img->nmembers - n;
	uint32_t *copy;

	if (!n || !tail)
		return 0;
	copy = malloc(tail * sizeof(*copy));
	if (!copy)
		return err_nomem(e);
	memcpy(copy, img->members + n, tail * sizeof(*copy));
	memmove(img->members + tail, img->members, n * sizeof(*copy));
	memcpy(img->members, copy, tail * sizeof(*copy));
	free(copy);
	/* No group reaches over n: it was closed before. */
	for (size_t i = 0; i < img->ngroups; i++)
		img->groups[i].first =
			img->groups[i].first < n
				? img->groups[i].first + (uint32_t)tail
				: img->groups[i].first - (uint32_t)n;
	return 0;
}
