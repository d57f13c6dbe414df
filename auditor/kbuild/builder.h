/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tree while it is being put together; private to kbuild/.  Everything
 * lives in the builder and its arena; paths are relative to the root.
 * Functions that can fail return 0 or a negative error, with e filled.
 *
 * The order of work decides roles: an object keeps the first one it gets, so
 * the images are read by their rank (vmlinux, modules, the rest) and what no
 * image took is classified at the end.
 */
#ifndef KBUILD_BUILDER_H
#define KBUILD_BUILDER_H

#include <sys/stat.h>

#include "model/tree.h"
#include "support/err.h"
#include "support/strmap.h"

/* No list that Kbuild writes comes near: the largest, a vmlinux.a, has 2 MiB. */
#define LIST_MAX ((size_t)64 << 20)
/* Enough of a .cmd file to tell a compiler's flags, or that it is a link. */
#define SAVEDCMD_START_MAX ((size_t)16 << 10)

/* A tree that has more is not worth a line for each. */
#define SKIPS_MAX 20000
#define REMARKS_MAX 1000

/* Bytes of lists and commands that are read of one tree, each time that one is
 * named: all of an allyesconfig take a tenth.  Opening one counts, too. */
#define LISTS_ROOM ((uint64_t)512 << 20)
#define LIST_COST 256

struct draft_object {
	struct tree_object o;
	bool decided;
	uint32_t in_image; /* 1 + the last image it was put into */
};

struct draft_image {
	struct tree_image i;
	size_t capacity, groups_capacity;
};

struct strlist {
	const char **v;
	size_t n, capacity;
};

struct builder {
	int fd;		   /* the root */
	const char *where; /* the root's absolute path */
	struct arena arena;
	struct draft_object *objects;
	size_t nobjects, objects_capacity;
	struct draft_image *images;
	size_t nimages, images_capacity;
	struct tree_skip *skips;
	size_t nskips, skips_capacity;
	uint64_t skips_more; /* beyond SKIPS_MAX: only counted */
	struct remarks remarks;
	struct strmap index;   /* path → index into objects */
	struct strmap skipped; /* path and reason → nothing */
	/* From the walk: */
	struct strmap kos; /* path of a .ko → index into ko_stamps */
	struct file_stamp *ko_stamps;
	size_t nkos, kos_capacity;
	struct strlist ko_paths;   /* of the same */
	struct strlist archives;   /* every built-in.a and lib.a */
	struct strlist link_cmds;  /* .cmd files that may be of other images */
	struct strlist boot_paths; /* what may be loaded to boot */
	struct tree_boot_file *boot_files;
	size_t nboot_files;
	/* What the configuration says; read when first asked for. */
	char *config;
	size_t config_len;
	bool config_read;
	uint64_t lists_read; /* of LISTS_ROOM */
	/* Before 4.17 built-in lists are named .o: made by ld -r, or (4.9 and
	 * later) archives.  Then any .o may be a list of others. */
	bool lists_as_objects;
	bool linked_only;  /* tree.linked_only */
	bool gc_sections;  /* tree.gc_sections */
	uint32_t dir_list; /* tree_object.dir_list of members added now */
	uint32_t ndir_lists;
	uint64_t composites_alone; /* whose inputs are gone */
	/* Paths in lists of modules that are not of this tree, but end as one
	 * that is: the first of them. */
	uint64_t moved;
	const char *moved_path;
};

#define OBJECT_NONE UINT32_MAX

void builder_release(struct builder *b);

int strlist_add(struct strlist *l, const char *s, struct err *e);
void strlist_sort(struct strlist *l);

void builder_stamp(const struct stat *st, struct file_stamp *ret);
int builder_skip(struct builder *b, const char *path, const char *reason,
		 struct err *e);
int builder_remark(struct builder *b, struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Reads a list or a command as safe_read does, within LISTS_ROOM: past it
 * errno is ENOBUFS, and the tree gets a remark. */
int builder_read_list(struct builder *b, const char *path, size_t max,
		      char **ret_data, size_t *ret_len);

/* Adds a file that is not known yet; path must live in the arena. */
int builder_add_object(struct builder *b, const char *path,
		       const struct file_stamp *stamp, struct err *e);

/* The object at path, from the walk or from the disk.  *ret_index is
 * OBJECT_NONE where there is no such file; that is then no error, and the
 * caller says what named it. */
int builder_object(struct builder *b, const char *path, uint32_t *ret_index,
		   struct err *e);

/* Gives a role that is not bound to an image. */
void builder_decide(struct builder *b, uint32_t object, enum object_role role);

/* Whether the configuration that the kernel was built with sets "CONFIG_X=y".
 * unknown is the answer where there is no configuration. */
bool builder_config(struct builder *b, const char *option, bool unknown);

/* The release that was built, as 1000 * major + minor; 0: not known. */
unsigned long builder_release_number(const struct builder *b);

/* Whether a regular file is at path, and its stamp. */
bool builder_stat(const struct builder *b, const char *path,
		  struct file_stamp *ret);

/* When the file at path was changed last; -1: there is no such file. */
int64_t builder_mtime(const struct builder *b, const char *path);

#endif
