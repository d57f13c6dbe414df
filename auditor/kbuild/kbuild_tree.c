/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/kbuild_tree.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kbuild/boot.h"
#include "kbuild/builder.h"
#include "kbuild/finish.h"
#include "kbuild/leftover.h"
#include "kbuild/linked_only.h"
#include "kbuild/modules.h"
#include "kbuild/old_lists.h"
#include "kbuild/scan.h"
#include "kbuild/vmlinux.h"

/* The traces of a build, any of which will do. */
static const char *const traces[] = {
	"vmlinux",	   "vmlinux.a",		 "built-in.a",
	"built-in.o",	   "modules.order",	 "init/built-in.a",
	"init/built-in.o", "vmlinux.unstripped",
};

static bool any_trace(const struct builder *b)
{
	for (size_t i = 0; i < sizeof(traces) / sizeof(traces[0]); i++) {
		if (faccessat(b->fd, traces[i], F_OK, AT_SYMLINK_NOFOLLOW) == 0)
			return true;
	}
	return false;
}

/* After the walk: modules are enough. */
static int check_built(const struct builder *b, const char *root, struct err *e)
{
	if (any_trace(b) || (!b->nobjects && b->nkos))
		return 0;
	if (faccessat(b->fd, "Kbuild", F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return err_set(
			e, ERR_FORMAT,
			"'%s' is a kernel's source, but not built (no vmlinux, vmlinux.a, built-in.a or modules.order there): give the directory that make O= named, or build it",
			root);
	return err_set(
		e, ERR_FORMAT,
		"'%s' is not a built kernel tree (no vmlinux, vmlinux.a, built-in.a or modules.order there, and no modules alone): give the directory that make built in",
		root);
}

/* root is a directory; or a file, then the builder gets its directory, and
 * *ret_name is the file's name in it. */
static int open_root(struct builder *b, const char *root, const char **ret_name,
		     struct err *e)
{
	char *where = realpath(root, NULL);
	char *slash = where ? strrchr(where, '/') : NULL;
	struct stat st;

	*ret_name = NULL;
	if (!where || stat(where, &st)) {
		free(where);
		return err_set_errno(e, ERR_IO, "cannot open '%s'", root);
	}
	if (S_ISREG(st.st_mode) && slash) {
		*ret_name = arena_strdup(&b->arena, slash + 1);
		slash[slash == where] = '\0';
	}
	b->fd = open(where, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	b->where = arena_strdup(&b->arena, where);
	free(where);
	if (b->fd < 0)
		return err_set_errno(e, ERR_IO, "cannot open '%s'", root);
	return b->where ? 0 : err_nomem(e);
}

static int read_images(struct builder *b, struct err *e)
{
	int r = vmlinux_read(b, e);

	if (!r)
		r = modules_read(b, e);
	if (!r)
		r = boot_read(b, e);
	if (!r && b->composites_alone)
		r = builder_remark(
			b, e,
			"%llu objects stand for others that they were linked from, which are gone",
			(unsigned long long)b->composites_alone);
	if (!r)
		r = old_lists_drop(b, e);
	if (!r)
		r = builder_sort(b, e);
	return r ? r : leftover_read(b, e);
}

static int read_directory(struct builder *b, const char *root, struct err *e)
{
	int r = scan_tree(b, e);

	if (!r)
		r = check_built(b, root, e);
	if (r || b->nobjects)
		return r ? r : read_images(b, e);
	r = linked_only_read(b, e);
	return r ? r : builder_sort(b, e);
}

int kbuild_tree_read(const char *root, struct tree *ret, struct err *e)
{
	struct builder b = { .fd = -1 };
	const char *name;
	int r = open_root(&b, root, &name, e);

	if (!r)
		r = name ? linked_only_read_file(&b, name, e)
			 : read_directory(&b, root, e);
	if (!r)
		r = builder_finish(&b, root, ret, e);
	builder_release(&b);
	return r;
}
