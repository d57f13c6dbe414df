/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The walk: one readdir of every directory, one stat of every .o and .ko.
 * It is what a second audit costs, so whatever d_type can tell is not asked
 * again: an in-tree build has 80,000 sources beside its objects.
 *
 * Directories are opened by their whole path from the root (safe_open),
 * one at a time: no descriptor is held per level, a loop cannot be entered,
 * and a path that is too long for the system ends the descent.
 */
#include "kbuild/scan.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kbuild/boot_files.h"
#include "kbuild/path.h"
#include "support/grow.h"
#include "support/safe_open.h"

#define ENTRIES_ROOM ((size_t)64 << 10)

struct scan {
	struct builder *b;
	struct strlist todo; /* directories still to be read */
	char *entries;	     /* of the directory being read */
	const char *dir;     /* its path; "" is the root */
	size_t dir_len;
	int fd;
	bool may_link; /* .cmd files here may be those of other images */
	bool may_boot; /* boot files may be here */
};

/* The path of name in the directory being read; NULL: no room for it. */
static char *join(struct scan *s, const char *name, size_t len)
{
	size_t slash = s->dir_len > 0;
	char *p = arena_alloc(&s->b->arena, s->dir_len + slash + len + 1);

	if (!p)
		return NULL;
	memcpy(p, s->dir, s->dir_len);
	if (slash)
		p[s->dir_len] = '/';
	memcpy(p + s->dir_len + slash, name, len + 1);
	return p;
}

static int skip_errno(struct scan *s, const char *path, const char *what,
		      struct err *e)
{
	char reason[256];

	snprintf(reason, sizeof(reason), "%s: %s", what, strerror(errno));
	return builder_skip(s->b, path, reason, e);
}

static int add_ko(struct builder *b, const char *path,
		  const struct file_stamp *stamp, struct err *e)
{
	bool added;

	if (grow_room((void **)&b->ko_stamps, b->nkos, &b->kos_capacity,
		      sizeof(*b->ko_stamps)) ||
	    !strmap_put(&b->kos, path, strlen(path), b->nkos, &added))
		return err_nomem(e);
	b->ko_stamps[b->nkos++] = *stamp;
	return strlist_add(&b->ko_paths, path, e);
}

/* An .o or a module: the only files that are stat'ed. */
static int take_file(struct scan *s, const char *name, size_t len, bool object,
		     struct err *e)
{
	char *path = join(s, name, len);
	struct file_stamp stamp;
	struct stat st;

	if (!path)
		return err_nomem(e);
	if (fstatat(s->fd, name, &st, AT_SYMLINK_NOFOLLOW))
		return skip_errno(s, path, "cannot be read", e);
	if (!S_ISREG(st.st_mode))
		return builder_skip(s->b, path,
				    S_ISLNK(st.st_mode)
					    ? "is a symbolic link"
					    : "is not a regular file",
				    e);
	builder_stamp(&st, &stamp);
	return object ? builder_add_object(s->b, path, &stamp, e)
		      : add_ko(s->b, path, &stamp, e);
}

static int take_directory(struct scan *s, const char *name, size_t len,
			  struct err *e)
{
	char *path;

	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
	    strcmp(name, ".git") == 0)
		return 0;
	path = join(s, name, len);
	return path ? strlist_add(&s->todo, path, e) : err_nomem(e);
}

static int remember(struct scan *s, struct strlist *l, const char *name,
		    size_t len, struct err *e)
{
	char *path = join(s, name, len);

	return path ? strlist_add(l, path, e) : err_nomem(e);
}

/* Whether ".target.cmd" may be of a linked image: by far the most are of
 * targets that cannot be one. */
static bool may_be_image(const char *name, size_t len)
{
	static const char *const never[] = {
		".o",	 ".a",	 ".order", ".mod", ".ko",  ".h",
		".c",	 ".s",	 ".S",	   ".lds", ".i",   ".dtb",
		".dtbo", ".bin", ".gz",	   ".xz",  ".lst",
	};

	if (len < 6 || name[0] != '.' || !path_ends(name, len, ".cmd"))
		return false;
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
		if (path_ends(name, len - 4, never[i]))
			return false;
	}
	return true;
}

/* A name that is neither an object nor a directory. */
static int take_other(struct scan *s, const char *name, size_t len,
		      struct err *e)
{
	if (name[len - 1] == 'a' &&
	    (strcmp(name, "built-in.a") == 0 || strcmp(name, "lib.a") == 0))
		return remember(s, &s->b->archives, name, len, e);
	if (s->may_boot && boot_file_named(s->dir, name))
		return remember(s, &s->b->boot_paths, name, len, e);
	if (s->may_link && may_be_image(name, len))
		return remember(s, &s->b->link_cmds, name, len, e);
	return 0;
}

/* Also a packed one: "fuse.ko.xz". */
static bool is_module(const char *name, size_t len)
{
	/* Nearly all names end here. */
	if (len < 4 || !strchr("ozt", name[len - 1]))
		return false;
	return path_module_stem(name) > 0;
}

static int take_entry(struct scan *s, const struct dirent64 *d, struct err *e)
{
	const char *name = d->d_name;
	size_t len = strlen(name);
	unsigned char type = d->d_type;
	bool object = path_ends(name, len, ".o");
	struct stat st;

	if (type == DT_DIR)
		return take_directory(s, name, len, e);
	if (type == DT_UNKNOWN) {
		/* A file system that does not say: ask, whatever it is. */
		if (fstatat(s->fd, name, &st, AT_SYMLINK_NOFOLLOW))
			return 0;
		if (S_ISDIR(st.st_mode))
			return take_directory(s, name, len, e);
	}
	if (object || is_module(name, len))
		return take_file(s, name, len, object, e);
	return take_other(s, name, len, e);
}

static int read_entries(struct scan *s, struct err *e)
{
	ssize_t n;
	int r;

	while ((n = getdents64(s->fd, s->entries, ENTRIES_ROOM)) > 0) {
		for (ssize_t at = 0; at < n;) {
			const struct dirent64 *d = (const void *)(s->entries +
								  at);

			r = take_entry(s, d, e);
			if (r)
				return r;
			at += d->d_reclen;
		}
	}
	return n < 0 ? skip_errno(s, s->dir, "cannot be read", e) : 0;
}

/* Other images are linked by the makefiles of an architecture. */
static bool may_link(const char *dir)
{
	return strncmp(dir, "arch/", 5) == 0;
}

static int read_directory(struct scan *s, const char *dir, struct err *e)
{
	int r;

	s->dir = dir;
	s->dir_len = strlen(dir);
	s->may_link = may_link(dir);
	s->may_boot = boot_files_in(dir);
	s->fd = safe_open(s->b->fd, *dir ? dir : ".", O_RDONLY | O_DIRECTORY);
	if (s->fd < 0)
		return skip_errno(s, dir, "cannot be opened", e);
	r = read_entries(s, e);
	close(s->fd);
	return r;
}

int scan_tree(struct builder *b, struct err *e)
{
	struct scan s = { .b = b, .entries = malloc(ENTRIES_ROOM) };
	int r = s.entries ? strlist_add(&s.todo, "", e) : err_nomem(e);

	while (!r && s.todo.n)
		r = read_directory(&s, s.todo.v[--s.todo.n], e);
	free(s.todo.v);
	free(s.entries);
	return r;
}
