/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Help for the trees of older kernels: what release it is, what is newer,
 * and what is a list though it is named like an object.
 */
#include <stdlib.h>
#include <string.h>

#include "kbuild/builder.h"
#include "kbuild/path.h"
#include "support/safe_open.h"
#include "support/grow.h"

unsigned long builder_release_number(const struct builder *b)
{
	unsigned long major, minor = 0;
	char *release, *rest;
	size_t len;

	if (safe_read_start(b->fd, "include/config/kernel.release", 64,
			    &release, &len))
		return 0;
	major = strtoul(release, &rest, 10);
	if (*rest == '.')
		minor = strtoul(rest + 1, NULL, 10);
	free(release);
	if (major > 1000 || minor > 999)
		return 0;
	return 1000 * major + minor;
}

int64_t builder_mtime(const struct builder *b, const char *path)
{
	struct file_stamp stamp;

	return builder_stat(b, path, &stamp) ? stamp.mtime_ns : -1;
}

int builder_partial_link_group(struct builder *b, size_t first, struct err *e)
{
	struct draft_image *d = &b->images[b->nimages - 1];
	size_t count = d->i.nmembers - first;

	if (count < 2)
		return 0;
	if (grow_room((void **)&d->i.groups, d->i.ngroups, &d->groups_capacity,
		      sizeof(*d->i.groups)))
		return builder_nomem(e);
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
		return builder_nomem(e);
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

static void renumber(struct builder *b, const uint32_t *to)
{
	for (size_t i = 0; i < b->nimages; i++) {
		struct tree_image *img = &b->images[i].i;

		for (size_t m = 0; m < img->nmembers; m++)
			img->members[m] = to[img->members[m]];
	}
}

/* Also left over, from an older kernel that was built here. */
static bool may_have_lists(const struct builder *b)
{
	static const char path[] = "init/built-in.o";
	uint64_t i;

	return b->lists_as_objects ||
	       strmap_get(&b->index, path, sizeof(path) - 1, &i);
}

int builder_drop_lists(struct builder *b, struct err *e)
{
	uint32_t *to, kept = 0;

	if (!may_have_lists(b))
		return 0;
	to = calloc(b->nobjects + 1, sizeof(*to));
	if (!to)
		return builder_nomem(e);
	for (uint32_t i = 0; i < b->nobjects; i++) {
		const struct draft_object *o = &b->objects[i];

		to[i] = kept;
		if (!o->in_image && members_is_archive(b, o->o.path))
			continue;
		b->objects[kept++] = *o;
	}
	b->nobjects = kept;
	renumber(b, to);
	free(to);
	return 0;
}
