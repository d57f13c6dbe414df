/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/kbuild_tree.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "kbuild/builder.h"

/* The traces of a build, any of which will do. */
static const char *const traces[] = {
	"vmlinux",	 "vmlinux.a",	    "built-in.a",
	"modules.order", "init/built-in.a", "init/built-in.o",
};

static int check_built(const struct builder *b, const char *root, struct err *e)
{
	for (size_t i = 0; i < sizeof(traces) / sizeof(traces[0]); i++) {
		if (faccessat(b->fd, traces[i], F_OK, AT_SYMLINK_NOFOLLOW) == 0)
			return 0;
	}
	if (faccessat(b->fd, "Kbuild", F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return err_set(
			e, ERR_FORMAT,
			"'%s' is a kernel's source, but not built (no "
			"vmlinux, vmlinux.a, built-in.a or modules.order "
			"there): give the directory that make O= named, "
			"or build it",
			root);
	return err_set(e, ERR_FORMAT,
		       "'%s' is no built kernel tree (no vmlinux, vmlinux.a, "
		       "built-in.a or modules.order there): give the directory "
		       "that make built in",
		       root);
}

static int open_root(struct builder *b, const char *root, struct err *e)
{
	char *where = realpath(root, NULL);

	b->fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (b->fd < 0 || !where) {
		free(where);
		return err_set_errno(e, ERR_IO, "cannot open '%s'", root);
	}
	b->where = arena_strdup(&b->arena, where);
	free(where);
	return b->where ? 0 : builder_nomem(e);
}

int kbuild_tree_read(const char *root, struct tree *ret, struct err *e)
{
	struct builder b = { .fd = -1 };
	int r = open_root(&b, root, e);

	if (!r)
		r = check_built(&b, root, e);
	if (!r)
		r = scan_tree(&b, e);
	if (!r)
		r = vmlinux_read(&b, e);
	if (!r)
		r = modules_read(&b, e);
	if (!r)
		r = boot_read(&b, e);
	if (!r)
		r = builder_sort(&b, e);
	if (!r)
		r = leftover_read(&b, e);
	if (!r)
		r = builder_finish(&b, root, ret, e);
	builder_release(&b);
	return r;
}
