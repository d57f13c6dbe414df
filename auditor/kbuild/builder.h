/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tree while it is being put together; private to kbuild/.
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
#define CMD_START_MAX ((size_t)16 << 10)

/* A tree that has more is not worth a line for each. */
#define SKIPS_MAX 20000

struct draft_object {
	struct tree_object o;
	bool decided;
	uint32_t in_image; /* 1 + the last image it was put into */
};

struct draft_image {
	struct tree_image i;
	size_t capacity, bonds_capacity;
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
	struct strlist ko_paths;  /* of the same */
	struct strlist archives;  /* every built-in.a and lib.a */
	struct strlist link_cmds; /* .cmd files that may be of other images */
	/* What the configuration says; read when first asked for. */
	char *config;
	size_t config_len;
	bool config_read;
	/* Before 4.17 built-in lists are named .o: made by ld -r, or (4.9 and
	 * later) archives.  Then any .o may stand for others. */
	bool lists_as_objects;
	bool whole_files; /* tree.whole */
	bool gc_sections; /* tree.gc_sections */
	uint32_t part;	  /* tree_object.part of the members added now */
	uint32_t nparts;  /* how many there are */
	uint64_t whole;	  /* composites whose inputs are gone */
};

#define OBJECT_NONE UINT32_MAX

void builder_release(struct builder *b);
int builder_nomem(struct err *e);

int strlist_add(struct strlist *l, const char *s, struct err *e);
void strlist_sort(struct strlist *l);

void builder_stamp(const struct stat *st, struct file_stamp *ret);
int builder_skip(struct builder *b, const char *path, const char *reason,
		 struct err *e);
int builder_remark(struct builder *b, struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Adds a file that is not known yet; path must live in the arena. */
int builder_add_object(struct builder *b, const char *path,
		       const struct file_stamp *stamp, struct err *e);

/* The object at path, from the walk or from the disk.  *ret_index is
 * OBJECT_NONE where there is no such file; that is then no error, and the
 * caller says what named it. */
int builder_object(struct builder *b, const char *path, uint32_t *ret_index,
		   struct err *e);

/* Starts the next image, the one builder_member adds to.  path is copied. */
int builder_image(struct builder *b, const char *path, const char *name,
		  enum image_kind kind, struct err *e);

/* Puts an object into the newest image, once, and gives it the role if it
 * has none. */
int builder_member(struct builder *b, uint32_t object, enum object_role role,
		   bool lib_member, struct err *e);

/* As builder_member, by path; what is not there becomes a skip that says
 * who named it. */
int builder_member_path(struct builder *b, const char *path,
			enum object_role role, const char *named_by,
			struct err *e);

/* Notes that the newest image's members from place first on were one object
 * before the link. */
int builder_bond(struct builder *b, size_t first, struct err *e);

/* Moves the members of the newest image from place n on to its front. */
int builder_to_front(struct builder *b, size_t n, struct err *e);

/* Takes archives that are named .o off the objects: they are lists.  Not
 * before all images have their members. */
int builder_drop_lists(struct builder *b, struct err *e);

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

/* Sorts the objects; nothing may be added after that. */
int builder_sort(struct builder *b, struct err *e);

/* Moves everything into *ret; the builder is empty then. */
int builder_finish(struct builder *b, const char *root, struct tree *ret,
		   struct err *e);

/* scan.c: walks the tree. */
int scan_tree(struct builder *b, struct err *e);

/* members.c: puts the leaves of an archive into the newest image; archive
 * is a path in the arena. */
int members_add(struct builder *b, const char *archive, enum object_role role,
		bool lib_member, struct err *e);

/* As members_add, of any file; an object that stands for others (see
 * lists_as_objects) is taken as those. */
int members_add_file(struct builder *b, const char *path, enum object_role role,
		     bool lib_member, const char *named_by, struct err *e);

/* Only counts: how many leaves a list has that are there, and how many of
 * them are in the newest image already. */
int members_count(struct builder *b, const char *list, size_t *ret_there,
		  size_t *ret_taken, struct err *e);

/* Whether the file at path begins as an archive does. */
bool members_is_archive(const struct builder *b, const char *path);

/* whole.c: a tree without objects, or a single linked file (name). */
int whole_read(struct builder *b, struct err *e);
int whole_read_file(struct builder *b, const char *name, struct err *e);
/* The length of a module's path without ".ko", ".ko.xz" and the like; 0: it
 * is none. */
size_t whole_module_stem(const char *path);

/* vmlinux.c, modules.c, boot.c, leftover.c: the steps, in this order. */
int vmlinux_read(struct builder *b, struct err *e);
int modules_read(struct builder *b, struct err *e);
int boot_read(struct builder *b, struct err *e);
int leftover_read(struct builder *b, struct err *e);

#endif
