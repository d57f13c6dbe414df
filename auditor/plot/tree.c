/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/tree.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Deeper ones are part of their directory: recursion ends here. */
#define DEPTH_MAX 64

/* As strcmp, where '/' comes before all others: a directory's items are
 * adjacent. */
static int compare_paths(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	if (*a == *b)
		return 0;
	if (*a == '/' || *b == '/')
		return *a == '/' ? (*b ? -1 : 1) : (*a ? 1 : -1);
	return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
}

static int by_path(const void *a, const void *b)
{
	const struct plot_item *x = a, *y = b;

	return compare_paths(x->path, y->path);
}

static int by_value(const void *a, const void *b)
{
	const struct plot_node *x = *(struct plot_node *const *)a;
	const struct plot_node *y = *(struct plot_node *const *)b;

	if (x->value != y->value)
		return x->value < y->value ? 1 : -1;
	return strcmp(x->path, y->path);
}

struct builder {
	struct arena *a;
	struct plot_item *items;
	size_t depth;
	struct err *e;
};

static size_t component_end(const char *path, size_t at)
{
	return at + strcspn(path + at, "/");
}

/* Do both have the same component at `at`? */
static bool same_component(const struct plot_item *x, const struct plot_item *y,
			   size_t at)
{
	size_t end = component_end(x->path, at);

	return end == component_end(y->path, at) &&
	       memcmp(x->path + at, y->path + at, end - at) == 0;
}

static int sum_up(struct builder *b, struct plot_node *n, size_t from,
		  size_t to)
{
	for (size_t i = from; i < to; i++)
		if (__builtin_add_overflow(n->value, b->items[i].value,
					   &n->value))
			return err_set(
				b->e, ERR_FORMAT,
				"the sizes below '%.200s' add up to more than a number can hold",
				n->path);
	return 0;
}

static int add_children(struct builder *b, struct plot_node *n, size_t from,
			size_t to, size_t at, size_t level);

static int add_child(struct builder *b, struct plot_node *parent, size_t from,
		     size_t to, size_t at, size_t level)
{
	const char *path = b->items[from].path;
	size_t end = component_end(path, at);
	struct plot_node *n = arena_alloc(b->a, sizeof(*n));
	int rc;

	if (!n)
		return err_nomem(b->e);
	n->path = arena_strndup(b->a, path, end);
	if (!n->path)
		return err_nomem(b->e);
	n->name = n->path + at;
	rc = sum_up(b, n, from, to);
	if (rc)
		return rc;
	parent->children[parent->nchildren++] = n;
	if (level < b->depth && level < DEPTH_MAX)
		return add_children(b, n, from, to, end, level + 1);
	return 0;
}

/* Items from .. to begin with n's path, which is `at` bytes long. */
static int add_children(struct builder *b, struct plot_node *n, size_t from,
			size_t to, size_t at, size_t level)
{
	size_t groups = 0;
	int rc = 0;

	/* An item that is the directory itself comes first and has no child. */
	while (from < to && b->items[from].path[at] == '\0')
		from++;
	if (at > 0)
		at++;
	for (size_t i = from; i < to; i++)
		groups += i == from ||
			  !same_component(&b->items[i - 1], &b->items[i], at);
	n->children = arena_calloc(b->a, groups, sizeof(struct plot_node *));
	if (groups && !n->children)
		return err_nomem(b->e);
	for (size_t i = from, k; i < to && !rc; i = k) {
		for (k = i + 1; k < to; k++)
			if (!same_component(&b->items[i], &b->items[k], at))
				break;
		rc = add_child(b, n, i, k, at, level);
	}
	if (n->nchildren)
		qsort(n->children, n->nchildren, sizeof(struct plot_node *),
		      by_value);
	return rc;
}

static bool below(const char *path, const char *branch, size_t len)
{
	return len == 0 || (strncmp(path, branch, len) == 0 &&
			    (path[len] == '/' || path[len] == '\0'));
}

int plot_tree_build(struct arena *a, struct plot_item *items, size_t nitems,
		    const char *branch, size_t depth, struct plot_node **ret,
		    struct err *e)
{
	struct builder b = { .a = a, .items = items, .depth = depth, .e = e };
	struct plot_node *root = arena_alloc(a, sizeof(*root));
	size_t len = strlen(branch), kept = 0;
	int rc;

	while (len && branch[len - 1] == '/')
		len--;
	if (root)
		root->path = root->name = arena_strndup(a, branch, len);
	if (!root || !root->path)
		return err_nomem(e);
	for (size_t i = 0; i < nitems; i++)
		if (items[i].value > 0 && below(items[i].path, branch, len))
			items[kept++] = items[i];
	if (kept)
		qsort(items, kept, sizeof(*items), by_path);
	rc = sum_up(&b, root, 0, kept);
	if (!rc && depth)
		rc = add_children(&b, root, 0, kept, len, 1);
	if (!rc)
		*ret = root;
	return rc;
}

static int gather_level(struct arena *a, struct plot_node *n, int64_t least,
			struct err *e)
{
	struct plot_node *rest;
	size_t keep = 0;

	while (keep < n->nchildren && n->children[keep]->value >= least)
		keep++;
	if (n->nchildren - keep < 2)
		return 0;
	rest = arena_alloc(a, sizeof(*rest));
	if (!rest)
		return err_nomem(e);
	rest->gathered = n->nchildren - keep;
	for (size_t i = keep; i < n->nchildren; i++)
		rest->value += n->children[i]->value;
	rest->path = rest->name = arena_printf(a, "other (%zu)",
					       rest->gathered);
	if (!rest->path)
		return err_nomem(e);
	n->children[keep] = rest;
	n->nchildren = keep + 1;
	return 0;
}

int plot_tree_gather(struct arena *a, struct plot_node *root, int64_t least,
		     struct err *e)
{
	int rc = gather_level(a, root, least, e);

	for (size_t i = 0; i < root->nchildren && !rc; i++)
		rc = plot_tree_gather(a, root->children[i], least, e);
	return rc;
}
