/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A built kernel tree: which objects there are, and which image each is in.
 * kbuild/ fills it; the commands and store/ read it.  All paths are relative
 * to the tree's root, canonical (no "./", no "..", no double slash), and may
 * hold any byte but NUL.  Everything lives in the tree's arena.
 */
#ifndef MODEL_TREE_H
#define MODEL_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/arena.h"
#include "support/remarks.h"

/* What an object is there for; sums are of role vmlinux or module alone.
 * Stored: append, never reorder. */
enum object_role {
	ROLE_VMLINUX = 0,
	ROLE_MODULE,
	ROLE_LINKTIME, /* made by the final link */
	ROLE_BOOT,     /* setup, compressed, realmode, purgatory, EFI stub */
	ROLE_VDSO,
	ROLE_HOST,
	ROLE_DERIVED,  /* made from other objects; never summed */
	ROLE_UNLINKED, /* stale or unused */
	ROLE_COUNT
};

/* Stored: append, never reorder. */
enum image_kind {
	IMAGE_VMLINUX = 0,
	IMAGE_MODULE,
	IMAGE_BOOT,
	IMAGE_VDSO,
	IMAGE_KIND_COUNT
};

/* Enough of struct stat to know a file again (git's index does the same). */
struct file_stamp {
	uint64_t size;
	int64_t mtime_ns, ctime_ns; /* since the epoch */
	uint64_t inode, device;
};

struct tree_object {
	const char *path;
	struct file_stamp stamp;
	enum object_role role;
	bool lib_member; /* comes from a lib.a that is linked on demand */
	/* Where no list of the link was kept: the list of a directory (1…)
	 * that it is in.  Whether that was linked, and in which order, is for
	 * the symbols of vmlinux to tell.  0: the link's own list has it. */
	uint32_t dir_list;
};

/* Members that ld -r had joined to one object before the image was linked.
 * One may be inside of another; the inner comes first. */
struct partial_link_group {
	uint32_t first, count; /* places in members[] */
};

struct tree_image {
	const char *path; /* "vmlinux", "fs/fuse/fuse.ko", … */
	const char *name; /* "vmlinux", "fuse", "setup", … */
	enum image_kind kind;
	bool present; /* the linked file is there */
	struct file_stamp stamp;
	/* Indices into objects[], in the order of the link; an object may be
	 * in several images, never twice in one. */
	uint32_t *members;
	size_t nmembers;
	struct partial_link_group *groups;
	size_t ngroups;
};

/* Something that was named or found and could not be used. */
struct tree_skip {
	const char *path;
	const char *reason;
};

/* How a boot file's payload is packed.  Stored: append, never reorder. */
enum boot_packing {
	PACKING_UNKNOWN = 0,
	PACKING_NONE,
	PACKING_GZIP,
	PACKING_BZIP2,
	PACKING_LZMA,
	PACKING_XZ,
	PACKING_LZO,
	PACKING_LZ4,
	PACKING_ZSTD,
	PACKING_COUNT
};

/* Stored: append, never reorder. */
enum boot_file_part {
	BOOT_FILE_IMAGE = 0, /* what a loader gets */
	BOOT_FILE_PAYLOAD,   /* what goes into one */
	BOOT_FILE_PART_COUNT
};

/* bzImage, Image.gz, piggy_data… */
struct tree_boot_file {
	const char *path;
	struct file_stamp stamp; /* with its size */
	enum boot_file_part part;
	enum boot_packing packing;
	uint64_t payload; /* bytes of the packed kernel in it; 0: not known */
	bool stale;	  /* older than vmlinux, so not made of it */
};

struct tree {
	const char *root; /* as given */
	/* Sorted by path, unique: every .o below root (and archive members
	 * and .mod parts, which are nearly always .o). */
	struct tree_object *objects;
	size_t nobjects;
	/* vmlinux first, then modules in modules.order's order, then others. */
	struct tree_image *images;
	size_t nimages;
	struct tree_skip *skips;
	size_t nskips;
	struct tree_boot_file *boot_files; /* sorted by path */
	size_t nboot_files;
	/* Facts about how it was built that the summary must state ("lib.a
	 * is linked on demand: …"); in plain words, one line each. */
	struct remarks remarks;
	/* There are no objects: each linked file is measured as one, the only
	 * member of its own image. */
	bool linked_only;
	/* vmlinux was linked with --gc-sections: what nothing refers to is not
	 * in it, section by section. */
	bool gc_sections;
	struct arena arena;
};

static inline void tree_release(struct tree *t)
{
	remarks_release(&t->remarks);
	arena_release(&t->arena);
}

#endif
