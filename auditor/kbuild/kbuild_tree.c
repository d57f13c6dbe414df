/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/kbuild_tree.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kbuild/boot.h"
#include "kbuild/boot_files.h"
#include "kbuild/builder.h"
#include "kbuild/path.h"
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
	"init/built-in.o", "vmlinux.unstripped", "vmlinux.xz",
	"vmlinux.zst",	   "vmlinux.gz",	 "vmlinux.lz4",
};

static bool any_trace(const struct builder *b)
{
	for (size_t i = 0; i < sizeof(traces) / sizeof(traces[0]); i++) {
		if (faccessat(b->fd, traces[i], F_OK, AT_SYMLINK_NOFOLLOW) == 0)
			return true;
	}
	return false;
}

static bool has_any(int dir, const char *below, const char *const *names,
		    size_t n)
{
	char path[PATH_ROOM];

	for (size_t i = 0; i < n; i++) {
		int len = snprintf(path, sizeof(path), "%s%s", below, names[i]);

		if (len > 0 && len < PATH_ROOM &&
		    faccessat(dir, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
			return true;
	}
	return false;
}

/* Is it a part of a tree that was built as a whole?  A directory of modules
 * that were built in the tree (M=) is one of its own: it has its symbols. */
static int check_whole(const struct builder *b, const char *root, struct err *e)
{
	static const char *const of_root[] = {
		"vmlinux",	 "vmlinux.a",	       "vmlinux.o",
		".config",	 "vmlinux.unstripped", "include/config",
		"Module.symvers"
	};
	static const char *const of_tree[] = { "include/config/kernel.release",
					       "include/config/auto.conf" };
	char above[PATH_ROOM], *slash;
	int len = snprintf(above, sizeof(above), "%s", b->where);

	if (!b->nobjects || len < 0 || len >= PATH_ROOM ||
	    has_any(b->fd, "", of_root, sizeof(of_root) / sizeof(*of_root)))
		return 0;
	while ((slash = strrchr(above, '/'))) {
		/* "/tree/fs" becomes "/tree/", then "/tree". */
		slash[1] = '\0';
		if (has_any(AT_FDCWD, above, of_tree,
			    sizeof(of_tree) / sizeof(*of_tree)))
			return err_set(
				e, ERR_USAGE,
				"'%s' is a part of a built tree: audit the tree '%.*s', then --branch %s",
				root, (int)(slash - above), above,
				b->where + (slash - above) + 1);
		*slash = '\0';
	}
	return 0;
}

/* After the walk: modules are enough. */
static int check_built(const struct builder *b, const char *root, struct err *e)
{
	int r = check_whole(b, root, e);

	if (r)
		return r;
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
	if (!r)
		r = boot_files_read(b, e);
	if (!r && b->composites_alone)
		r = builder_remark(
			b, e,
			"%llu objects were linked from others that are missing: each is measured as one object",
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
