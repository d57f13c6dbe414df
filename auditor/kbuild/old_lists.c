/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trees of kernels before 4.17: what is a list though it is named like an
 * object.
 */
#include "kbuild/old_lists.h"

#include <stdlib.h>

#include "kbuild/members.h"

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

int old_lists_drop(struct builder *b, struct err *e)
{
	uint32_t *to, kept = 0;

	if (!may_have_lists(b))
		return 0;
	to = calloc(b->nobjects + 1, sizeof(*to));
	if (!to)
		return err_nomem(e);
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
