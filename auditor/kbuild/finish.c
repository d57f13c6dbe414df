/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the builder's growing arrays to the model's sorted, final ones.
 */
#include <stdlib.h>
#include <string.h>

#include "kbuild/builder.h"

struct place {
	const char *path;
	uint32_t from;
};

static int by_path(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* to[i]: where object i goes. */
static void reorder(struct builder *b, const struct place *places,
		    struct draft_object *sorted, uint32_t *to)
{
	for (uint32_t i = 0; i < b->nobjects; i++) {
		sorted[i] = b->objects[places[i].from];
		to[places[i].from] = i;
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
	struct place *places = calloc(n + 1, sizeof(*places));
	struct draft_object *sorted = calloc(n + 1, sizeof(*sorted));
	uint32_t *to = calloc(n + 1, sizeof(*to));
	int r = 0;

	if (!places || !sorted || !to) {
		r = builder_nomem(e);
		goto out;
	}
	for (uint32_t i = 0; i < n; i++)
		places[i] = (struct place){ b->objects[i].o.path, i };
	qsort(places, n, sizeof(*places), by_path);
	reorder(b, places, sorted, to);
	free(b->objects);
	b->objects = sorted;
	b->objects_capacity = n + 1;
	sorted = NULL;
	/* Its numbers are the old ones. */
	strmap_release(&b->index);
out:
	free(places);
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
		img->bonds = copy(&b->arena, img->bonds, img->nbonds,
				  sizeof(*img->bonds));
		if (!img->members || !img->bonds)
			return false;
	}
	return t->images != NULL;
}

int builder_finish(struct builder *b, const char *root, struct tree *ret,
		   struct err *e)
{
	struct tree t = { .nobjects = b->nobjects, .nskips = b->nskips };

	if (b->skips_more &&
	    builder_remark(b, e,
			   "%llu more things were skipped than are listed",
			   (unsigned long long)b->skips_more))
		return -(int)e->code;
	t.whole = b->whole_files;
	t.gc_sections = b->gc_sections;
	t.root = arena_strdup(&b->arena, root);
	t.objects = arena_calloc(&b->arena, b->nobjects + 1,
				 sizeof(*t.objects));
	t.skips = copy(&b->arena, b->skips, b->nskips, sizeof(*t.skips));
	if (!t.root || !t.objects || !t.skips || !finish_images(b, &t))
		return builder_nomem(e);
	for (size_t i = 0; i < b->nobjects; i++)
		t.objects[i] = b->objects[i].o;
	t.arena = b->arena;
	b->arena = (struct arena)ARENA_INIT;
	t.remarks = b->remarks;
	b->remarks = (struct remarks){ 0 };
	*ret = t;
	return 0;
}
