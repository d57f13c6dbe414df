/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the builder's growing arrays to the model's sorted, final ones.
 */
#include "kbuild/finish.h"

#include <stdlib.h>
#include <string.h>

struct path_index {
	const char *path;
	uint32_t from;
};

static int by_path(const void *a, const void *b)
{
	const struct path_index *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* to[i]: where object i goes. */
static void reorder(struct builder *b, const struct path_index *keys,
		    struct draft_object *sorted, uint32_t *to)
{
	for (uint32_t i = 0; i < b->nobjects; i++) {
		sorted[i] = b->objects[keys[i].from];
		to[keys[i].from] = i;
	}
	for (size_t i = 0; i < b->nimages; i++) {
		struct tree_image *img = &b->images[i].i;

		for (size_t m = 0; m < img->nmembers; m++)
			img->members[m] = to[img->members[m]];
	}
}

int builder_sort(struct builder *b, struct err *e)
{
	size_t n = b->nobjects;
	struct path_index *keys = calloc(n + 1, sizeof(*keys));
	struct draft_object *sorted = calloc(n + 1, sizeof(*sorted));
	uint32_t *to = calloc(n + 1, sizeof(*to));
	int r = 0;

	if (!keys || !sorted || !to) {
		r = err_nomem(e);
		goto out;
	}
	for (uint32_t i = 0; i < n; i++)
		keys[i] = (struct path_index){ b->objects[i].o.path, i };
	qsort(keys, n, sizeof(*keys), by_path);
	reorder(b, keys, sorted, to);
	free(b->objects);
	b->objects = sorted;
	b->objects_capacity = n + 1;
	sorted = NULL;
	/* Its numbers are the old ones. */
	strmap_release(&b->index);
out:
	free(keys);
	free(sorted);
	free(to);
	return r;
}

static void *copy(struct arena *a, const void *v, size_t n, size_t size)
{
	void *p = arena_calloc(a, n ? n : 1, size);

	if (p && n)
		memcpy(p, v, n * size);
	return p;
}

static bool finish_images(struct builder *b, struct tree *t)
{
	t->nimages = b->nimages;
	t->images = arena_calloc(&b->arena, b->nimages + 1, sizeof(*t->images));
	for (size_t i = 0; t->images && i < b->nimages; i++) {
		struct tree_image *img = &t->images[i];

		*img = b->images[i].i;
		img->members = copy(&b->arena, img->members, img->nmembers,
				    sizeof(*img->members));
		img->groups = copy(&b->arena, img->groups, img->ngroups,
				   sizeof(*img->groups));
		if (!img->members || !img->groups)
			return false;
	}
	return t->images != NULL;
}

/* What was left out is said last. */
static int finish_remarks(struct builder *b, struct err *e)
{
	int r = 0;

	if (b->skips_more)
		r = builder_remark(
			b, e, "%llu more things were skipped than are listed",
			(unsigned long long)b->skips_more);
	if (r == 0 && b->lists_read >= LISTS_ROOM)
		r = builder_remark(
			b, e,
			"the lists of the tree name each other too often: the rest of them was not read, and images may lack objects");
	return r;
}

int builder_finish(struct builder *b, const char *root, struct tree *ret,
		   struct err *e)
{
	struct tree t = { .nobjects = b->nobjects,
			  .nskips = b->nskips,
			  .boot_files = b->boot_files,
			  .nboot_files = b->nboot_files };

	if (finish_remarks(b, e))
		return -(int)e->code;
	t.linked_only = b->linked_only;
	t.gc_sections = b->gc_sections;
	t.root = arena_strdup(&b->arena, root);
	t.objects = arena_calloc(&b->arena, b->nobjects + 1,
				 sizeof(*t.objects));
	t.skips = copy(&b->arena, b->skips, b->nskips, sizeof(*t.skips));
	if (!t.root || !t.objects || !t.skips || !finish_images(b, &t))
		return err_nomem(e);
	for (size_t i = 0; i < b->nobjects; i++)
		t.objects[i] = b->objects[i].o;
	t.arena = b->arena;
	b->arena = (struct arena)ARENA_INIT;
	t.remarks = b->remarks;
	b->remarks = (struct remarks){ 0 };
	*ret = t;
	return 0;
}
