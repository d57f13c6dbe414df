/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The image vmlinux before 6.1, when no list of its own was kept.  Lists are
 * built-in.a from 4.17 on, and built-in.o before.
 *
 * Until 3.6 the command that linked vmlinux was kept.  From 4.9 to 5.x a
 * built-in.* at the top held everything.  Between and after, what is left
 * are the lists of the directories; which of them were linked, and in which
 * order, is then settled by the symbols of vmlinux (tree_object.dir_list).
 */
#include "kbuild/vmlinux_older.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "kbuild/builder_images.h"
#include "kbuild/linkcmd.h"
#include "kbuild/members.h"
#include "kbuild/path.h"

/* arch/X/rest: rest with its slash; NULL for other paths. */
static const char *below_arch(const char *path)
{
	return strncmp(path, "arch/", 5) ? NULL : strchr(path + 5, '/');
}

static const char *list_name(const struct builder *b)
{
	return b->lists_as_objects ? "built-in.o" : "built-in.a";
}

/* ---- which lists ---- */

static bool later(const struct builder *b, const char *path, const char *than)
{
	return builder_mtime(b, path) > builder_mtime(b, than);
}

/* A tree that was built with both has lists of both kinds. */
static bool lists_are_objects(const struct builder *b)
{
	unsigned long release = builder_release_number(b);

	if (builder_mtime(b, "init/built-in.o") < 0)
		return builder_mtime(b, "built-in.o") >= 0 &&
		       builder_mtime(b, "init/built-in.a") < 0;
	if (builder_mtime(b, "init/built-in.a") < 0)
		return true;
	return release ? release < 4017
		       : later(b, "init/built-in.o", "init/built-in.a");
}

bool vmlinux_is_listed(struct builder *b)
{
	unsigned long release = builder_release_number(b);

	if (builder_mtime(b, "vmlinux.a") < 0)
		return false;
	/* Left by a newer kernel that was built here before. */
	return !release || release >= 6001 ||
	       !(later(b, "init/built-in.a", "vmlinux.a") ||
		 later(b, "init/built-in.o", "vmlinux.a"));
}

/* Puts every list into l; paths live in the arena. */
static int find_lists(struct builder *b, struct strlist *l, struct err *e)
{
	const char *name = list_name(b);

	for (size_t i = 0; !b->lists_as_objects && i < b->archives.n; i++) {
		if (strcmp(path_base(b->archives.v[i]), name) == 0 &&
		    strlist_add(l, b->archives.v[i], e))
			return -(int)e->code;
	}
	for (size_t i = 0; b->lists_as_objects && i < b->nobjects; i++) {
		if (strcmp(path_base(b->objects[i].o.path), name) == 0 &&
		    strlist_add(l, b->objects[i].o.path, e))
			return -(int)e->code;
	}
	strlist_sort(l);
	return 0;
}

/* "fs/built-in.a" */
static bool is_top_directory(const char *path)
{
	const char *slash = strchr(path, '/');

	return slash && !strchr(slash + 1, '/');
}

/* Every link rewrites the top list (or vmlinux.o), and only init/ is built
 * once more after it.  Kernels that have none leave an older one there. */
static bool top_is_current(const struct builder *b, const struct strlist *l,
			   const char *top)
{
	if (builder_mtime(b, top) < 0)
		return false;
	for (size_t i = 0; i < l->n; i++) {
		if (is_top_directory(l->v[i]) &&
		    strncmp(l->v[i], "init/", 5) != 0 && later(b, l->v[i], top))
			return false;
	}
	return true;
}

/* ---- heads: linked first, and mostly in no list ---- */

/* head-y of every architecture, in the order of those that have several. */
static const char *const heads[] = {
	"head_64.o",  "head_32.o", "head64.o",		"head32.o",
	"head*.o",    "ebda.o",	   "platform-quirks.o", "init_task.o",
	"entry_64.o", "fpu.o",	   "vector.o",		"prom_init.o",
};

static bool is_head(const char *path, const char *pattern)
{
	const char *rest = below_arch(path);

	return rest && strncmp(rest, "/kernel/", 8) == 0 &&
	       fnmatch(pattern, rest + 8, FNM_PATHNAME) == 0;
}

static bool any_head(const struct builder *b)
{
	const struct tree_image *img = &b->images[b->nimages - 1].i;

	for (size_t i = 0; i < img->nmembers; i++) {
		if (is_head(b->objects[img->members[i]].o.path, "head*.o"))
			return true;
	}
	return false;
}

/* Each is a part of its own: one that is left from another configuration is
 * told by its symbols, too. */
static int add_heads(struct builder *b, struct err *e)
{
	size_t before = b->images[b->nimages - 1].i.nmembers;

	for (size_t n = 0; n < sizeof(heads) / sizeof(heads[0]); n++) {
		for (uint32_t i = 0; i < b->nobjects; i++) {
			if (b->objects[i].in_image ||
			    !is_head(b->objects[i].o.path, heads[n]))
				continue;
			b->dir_list = ++b->ndir_lists;
			if (builder_member(b, i, ROLE_VMLINUX, false, e))
				return -(int)e->code;
		}
	}
	b->dir_list = 0;
	return builder_to_front(b, before, e);
}

/* ---- libraries ---- */

static bool is_usual_lib(const char *path)
{
	const char *rest = below_arch(path);

	return strcmp(path, "lib/lib.a") == 0 ||
	       (rest && strcmp(rest, "/lib/lib.a") == 0);
}

int vmlinux_usual_libs(struct builder *b, bool on_demand, struct err *e)
{
	size_t n = 0, before = b->images[b->nimages - 1].i.nmembers;
	int r;

	/* Backwards: lib/lib.a is linked before the architecture's. */
	strlist_sort(&b->archives);
	for (size_t i = b->archives.n; i-- > 0;) {
		if (!is_usual_lib(b->archives.v[i]))
			continue;
		/* A library that is linked whole is among the lists of
		 * the directories: its place is as theirs for symbols. */
		if (!on_demand && b->ndir_lists)
			b->dir_list = ++b->ndir_lists;
		r = members_add(b, b->archives.v[i], ROLE_VMLINUX, on_demand,
				e);
		b->dir_list = 0;
		if (r)
			return r;
		n++;
	}
	/* A top list may have had them all. */
	if (!n || before == b->images[b->nimages - 1].i.nmembers)
		return 0;
	return builder_remark(
		b, e,
		"the libraries that vmlinux is linked with are not recorded: lib/lib.a and the architecture's are taken");
}

/* From 5.7 to 6.15, a kernel with modules takes lib.a whole; earlier ones
 * never do. */
static bool libs_on_demand(struct builder *b)
{
	unsigned long release = builder_release_number(b);

	return !builder_config(b, "CONFIG_MODULES", false) || !release ||
	       release < 5007;
}

/* ---- the ways to the members ---- */

static int take_input(void *arg, const char *path,
		      const struct savedcmd_input *in, struct err *e)
{
	struct builder *b = arg;
	bool lib = !in->whole_archive && path_ends(path, strlen(path), ".a");

	/* vmlinux_kallsyms finds these, and knows which was linked. */
	if (strncmp(path, ".tmp_", 5) == 0)
		return 0;
	return members_add_file(b, path, ROLE_VMLINUX, lib, "vmlinux", e);
}

static int read_command(struct builder *b, const char *target,
			enum savedcmd_kind kind, bool *ret_done, struct err *e)
{
	struct linkcmd c;
	int r = 0;

	linkcmd_of(b, target, true, &c);
	*ret_done = c.data && savedcmd_kind(c.command, c.len) == kind;
	if (*ret_done)
		r = linkcmd_inputs(b, &c, target, take_input, b, e);
	linkcmd_release(&c);
	return r;
}

/* Until 3.6, ".vmlinux.cmd" has the linker's own command; 5.19 and 6.0 keep
 * that of vmlinux.o, which has the same inputs. */
static int read_commands(struct builder *b, const struct strlist *l,
			 bool *ret_done, struct err *e)
{
	int r = read_command(b, "vmlinux", SAVEDCMD_LINK, ret_done, e);

	if (!r && !*ret_done && top_is_current(b, l, "vmlinux.o"))
		r = read_command(b, "vmlinux.o", SAVEDCMD_RELOCATE, ret_done,
				 e);
	return r;
}

/*
 * The lists of the directories at the top, and below arch/ those that no
 * other list holds: shorter paths come first, and of a list that was added
 * by another all leaves are there already.  One of which only some are is
 * left over from an older build.
 */
static int add_directory(struct builder *b, const char *list, struct err *e)
{
	size_t there = 0, taken = 0;
	int r = 0;

	if (!is_top_directory(list)) {
		if (!below_arch(list))
			return 0;
		r = members_count(b, list, &there, &taken, e);
		if (r || taken || !there)
			return r;
	}
	b->dir_list = ++b->ndir_lists;
	r = members_add_file(b, list, ROLE_VMLINUX, false, "the walk", e);
	b->dir_list = 0;
	return r;
}

struct deep_list {
	const char *path;
	size_t depth;
};

static int by_depth(const void *x, const void *y)
{
	const struct deep_list *a = x, *b = y;

	if (a->depth != b->depth)
		return a->depth < b->depth ? -1 : 1;
	return strcmp(a->path, b->path);
}

static size_t depth_of(const char *path)
{
	size_t n = 0;

	while ((path = strchr(path, '/'))) {
		path++;
		n++;
	}
	return n;
}

static int add_directories(struct builder *b, const struct strlist *l,
			   struct err *e)
{
	struct deep_list *lists = calloc(l->n + 1, sizeof(*lists));
	int r = 0;

	if (!lists)
		return err_nomem(e);
	for (size_t i = 0; i < l->n; i++)
		lists[i] = (struct deep_list){ l->v[i], depth_of(l->v[i]) };
	qsort(lists, l->n, sizeof(*lists), by_depth);
	for (size_t i = 0; !r && i < l->n; i++)
		if (lists[i].depth)
			r = add_directory(b, lists[i].path, e);
	free(lists);
	if (r || !b->ndir_lists)
		return r;
	return builder_remark(
		b, e,
		"which lists of directories were linked into vmlinux is not recorded: its symbols say it");
}

static int add_members(struct builder *b, const struct strlist *l,
		       struct err *e)
{
	bool done;
	int r = read_commands(b, l, &done, e);

	if (r || done)
		return r;
	if (top_is_current(b, l, list_name(b)))
		r = members_add_file(b, list_name(b), ROLE_VMLINUX, false,
				     "the walk", e);
	else
		r = add_directories(b, l, e);
	if (!r && !any_head(b))
		r = add_heads(b, e);
	if (!r && b->images[b->nimages - 1].i.nmembers)
		r = vmlinux_usual_libs(b, libs_on_demand(b), e);
	return r;
}

int vmlinux_read_older(struct builder *b, struct err *e)
{
	struct strlist l = { 0 };
	int r;

	b->lists_as_objects = lists_are_objects(b);
	r = find_lists(b, &l, e);
	if (!r)
		r = add_members(b, &l, e);
	free(l.v);
	if (r || b->images[b->nimages - 1].i.nmembers)
		return r;
	return builder_remark(
		b, e,
		"no vmlinux.a, no built-in.a and no built-in.o: which objects are in vmlinux is not known");
}
