/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The objects that no image took: host programs, things made from other
 * objects, and what is stale.  Only their .cmd files are read, so the work
 * is small in a tree that is in order.
 */
#include "kbuild/leftover.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kbuild/linkcmd.h"
#include "kbuild/path.h"

/* Bounds on looking for what an object went into, far above what the tree
 * of a real build needs: names could be made so that all match all. */
#define USER_READS_MAX 4096
#define USER_NAMES_MAX ((size_t)4 << 20)

struct leftover {
	struct builder *b;
	uint32_t *todo; /* objects that went into a linked one */
	size_t ntodo, todo_capacity;
	size_t reads, names;
	/* Linked objects of each directory: path with its slash -> 1 + the
	 * first; next_linked leads on, to 0. */
	struct strmap dirs;
	uint32_t *next_linked;
	/* While one command is searched: */
	const char *wanted;
	bool found;
};

static bool starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

/* Names that Kbuild gives to intermediate objects. */
static bool derived_by_name(const char *path)
{
	const char *base = path_base(path);
	size_t len = strlen(base);

	return starts(base, ".tmp_") || path_ends(base, len, ".lto.o") ||
	       path_ends(base, len, ".prelink.o") ||
	       strcmp(base, "built-in.o") == 0 ||
	       strcmp(path, "vmlinux.o") == 0;
}

/* scripts/ and tools/ are made for the machine that builds; so are the few
 * objects there that are compiled for the target (scripts/mod/empty.o tells
 * modpost its ELF class). */
static bool host_by_name(const char *path)
{
	return starts(path, "scripts/") || starts(path, "tools/");
}

static enum object_role role_by_command(struct builder *b, const char *path)
{
	enum object_role role = ROLE_UNLINKED;
	struct linkcmd c;
	enum savedcmd_kind kind;

	/* The start tells the compiler's flags; a list of inputs may go on. */
	linkcmd_of(b, path, false, &c);
	if (!c.data)
		return ROLE_UNLINKED;
	kind = savedcmd_kind(c.command, c.len);
	if (kind == SAVEDCMD_RELOCATE || kind == SAVEDCMD_CONVERT)
		role = ROLE_DERIVED;
	else if (!savedcmd_for_target(c.command, c.len))
		role = ROLE_HOST;
	linkcmd_release(&c);
	return role;
}

static void classify(struct builder *b, struct draft_object *o)
{
	const char *path = o->o.path;

	if (derived_by_name(path))
		o->o.role = ROLE_DERIVED;
	else if (host_by_name(path))
		o->o.role = ROLE_HOST;
	else
		o->o.role = role_by_command(b, path);
}

static int compare(const void *key, const void *object)
{
	return strcmp(key, ((const struct draft_object *)object)->o.path);
}

static struct draft_object *find(const struct builder *b, const char *path)
{
	return bsearch(path, b->objects, b->nobjects, sizeof(*b->objects),
		       compare);
}

static int is_wanted(void *arg, const char *path,
		     const struct savedcmd_input *in, struct err *e)
{
	struct leftover *l = arg;

	(void)in;
	(void)e;
	if (strcmp(path, l->wanted) == 0)
		l->found = true;
	return 0;
}

/* Whether user was made from wanted by ld -r, objcopy or strip. */
static int made_from(struct leftover *l, const char *user, const char *wanted,
		     bool *ret, struct err *e)
{
	struct linkcmd c;
	int r = 0;

	l->wanted = wanted;
	l->found = false;
	l->reads++;
	linkcmd_of(l->b, user, true, &c);
	if (c.data && savedcmd_kind(c.command, c.len) != SAVEDCMD_OTHER)
		r = linkcmd_inputs(l->b, &c, user, is_wanted, l, e);
	linkcmd_release(&c);
	*ret = l->found;
	return r;
}

static bool linked(const struct draft_object *o)
{
	return o->in_image != 0;
}

static size_t dir_len(const char *path)
{
	return (size_t)(path_base(path) - path);
}

/* Backwards, so that each chain is in the order of paths. */
static int chain_linked(struct leftover *l, struct err *e)
{
	const struct builder *b = l->b;

	l->next_linked = calloc(b->nobjects + 1, sizeof(*l->next_linked));
	if (!l->next_linked)
		return err_nomem(e);
	for (size_t i = b->nobjects; i-- > 0;) {
		const char *path = b->objects[i].o.path;
		uint64_t *first;
		bool added;

		if (!linked(&b->objects[i]))
			continue;
		first = strmap_put(&l->dirs, path, dir_len(path), 0, &added);
		if (!first)
			return err_nomem(e);
		l->next_linked[i] = (uint32_t)*first;
		*first = i + 1;
	}
	return 0;
}

static bool bounded(const struct leftover *l)
{
	return l->reads < USER_READS_MAX && l->names < USER_NAMES_MAX;
}

/* ThinLTO (7.2): what is linked was compiled from the bitcode beside it. */
static bool is_bitcode_of_linked(const struct leftover *l, const char *path)
{
	char native[PATH_ROOM];
	const struct draft_object *o;
	int n = snprintf(native, sizeof(native), "%.*s.thinlto-native.o",
			 (int)strlen(path) - 2, path);

	o = n > 0 && n < PATH_ROOM ? find(l->b, native) : NULL;
	return o && linked(o);
}

/*
 * Whether a linked object of the same directory was made from o: its name
 * contains o's up to the first dot ("lib-fdt.o" became "lib-fdt.pi.o",
 * "misc.o" became "misc.stub.o").
 */
static int went_into_linked(struct leftover *l, const struct draft_object *o,
			    bool *ret, struct err *e)
{
	const char *base = path_base(o->o.path);
	size_t len = strcspn(base, "."), dir = dir_len(o->o.path);
	uint64_t at = 0;

	*ret = path_ends(base, strlen(base), ".o") &&
	       is_bitcode_of_linked(l, o->o.path);
	if (!len || !strmap_get(&l->dirs, o->o.path, dir, &at))
		return 0;
	for (; at && !*ret && bounded(l); at = l->next_linked[at - 1]) {
		const char *path = l->b->objects[at - 1].o.path;
		const char *other = path + dir;

		l->names++;
		if (memmem(other, strlen(other), base, len) &&
		    made_from(l, path, o->o.path, ret, e))
			return -(int)e->code;
	}
	return 0;
}

static void queue(struct leftover *l, struct draft_object *o)
{
	if (linked(o) || o->decided)
		return;
	o->o.role = ROLE_DERIVED;
	o->decided = true;
	/* There is room for every object, and each is queued once. */
	l->todo[l->ntodo++] = (uint32_t)(o - l->b->objects);
}

static int queue_input(void *arg, const char *path,
		       const struct savedcmd_input *in, struct err *e)
{
	struct leftover *l = arg;
	struct draft_object *o = find(l->b, path);

	(void)in;
	(void)e;
	if (o)
		queue(l, o);
	return 0;
}

/* What went into something that is linked is not stale, and its bytes are
 * in that: derived, and so are its own inputs (arm64's KVM code is linked
 * with ld -r before objcopy renames its symbols). */
static int follow(struct leftover *l, struct err *e)
{
	while (l->ntodo) {
		const char *path = l->b->objects[l->todo[--l->ntodo]].o.path;
		struct linkcmd c;
		int r = 0;

		linkcmd_of(l->b, path, true, &c);
		if (c.data && savedcmd_kind(c.command, c.len) != SAVEDCMD_OTHER)
			r = linkcmd_inputs(l->b, &c, path, queue_input, l, e);
		linkcmd_release(&c);
		if (r)
			return r;
	}
	return 0;
}

static int find_intermediates(struct leftover *l, struct err *e)
{
	struct builder *b = l->b;

	for (size_t i = 0; i < b->nobjects; i++) {
		struct draft_object *o = &b->objects[i];
		bool used;

		if (o->decided || linked(o) ||
		    (o->o.role != ROLE_UNLINKED && o->o.role != ROLE_DERIVED))
			continue;
		if (went_into_linked(l, o, &used, e))
			return -(int)e->code;
		if (!used)
			continue;
		queue(l, o);
		if (follow(l, e))
			return -(int)e->code;
	}
	if (bounded(l))
		return 0;
	return builder_remark(
		b, e,
		"too many objects are in no image: some that are unlinked may have been made into linked ones");
}

int leftover_read(struct builder *b, struct err *e)
{
	struct leftover l = { .b = b, .dirs = STRMAP_INIT };
	int r;

	for (size_t i = 0; i < b->nobjects; i++) {
		if (!b->objects[i].decided)
			classify(b, &b->objects[i]);
	}
	l.todo = calloc(b->nobjects + 1, sizeof(*l.todo));
	if (!l.todo)
		return err_nomem(e);
	r = chain_linked(&l, e);
	if (!r)
		r = find_intermediates(&l, e);
	strmap_release(&l.dirs);
	free(l.next_linked);
	free(l.todo);
	return r;
}
