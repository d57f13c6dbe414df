/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/boot_files.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kbuild/path.h"
#include "support/safe_open.h"

/* The header of an x86 kernel ends before. */
#define HEAD_SIZE 1024
/* More than any tree has; strangers' directories may have a million. */
#define BOOT_FILES_MAX 256

/* What is after "arch/NAME/", or NULL. */
static const char *below_arch(const char *dir)
{
	const char *slash;

	if (strncmp(dir, "arch/", 5) != 0)
		return NULL;
	slash = strchr(dir + 5, '/');
	return slash ? slash + 1 : NULL;
}

static bool is_payload_dir(const char *dir)
{
	const char *rest = below_arch(dir);

	return rest && strcmp(rest, "boot/compressed") == 0;
}

bool boot_files_in(const char *dir)
{
	const char *rest = below_arch(dir);

	return !*dir || (rest && (strcmp(rest, "boot") == 0 ||
				  strcmp(rest, "boot/images") == 0 ||
				  strcmp(rest, "boot/compressed") == 0));
}

/* "vmlinux.bin.gz" and the like: each word after a dot is one of packing. */
static bool is_packed_name(const char *rest)
{
	static const char *const words[] = { "bin", "gz",    "bz2",   "lzma",
					     "xz",  "lzo",   "lz4",   "zst",
					     "z",   "zst22", "xzkern" };
	size_t n = 0;

	for (; *rest == '.'; n++) {
		size_t len = strcspn(++rest, "."), i = 0;

		while (i < sizeof(words) / sizeof(*words) &&
		       (strlen(words[i]) != len ||
			memcmp(words[i], rest, len) != 0))
			i++;
		if (i == sizeof(words) / sizeof(*words))
			return false;
		rest += len;
	}
	return n > 0 && !*rest;
}

/* bzImage, zImage, Image, uImage, xipImage, simpleImage…, with an ending or
 * without; not what a linker or a compiler leaves beside it. */
static bool is_image_name(const char *name)
{
	static const char *const not [] = { ".o", ".elf", ".lds", ".c", ".S" };
	size_t small = strspn(name, "abcdefghijklmnopqrstuvwxyz");
	size_t len = strlen(name);

	if (strncmp(name + small, "Image", 5) != 0 ||
	    (name[small + 5] && name[small + 5] != '.'))
		return false;
	for (size_t i = 0; i < sizeof(not ) / sizeof(*not ); i++)
		if (path_ends(name, len, not [i]))
			return false;
	return true;
}

bool boot_file_named(const char *dir, const char *name)
{
	if (is_payload_dir(dir))
		return strcmp(name, "piggy_data") == 0 ||
		       (strncmp(name, "vmlinux.bin.", 12) == 0 &&
			is_packed_name(name + 7)) ||
		       (strncmp(name, "piggy.", 6) == 0 &&
			is_packed_name(name + 5));
	if (strncmp(name, "vmlinuz", 7) == 0)
		return !name[7] || strcmp(name + 7, ".efi") == 0;
	/* At the root, a packed vmlinux is taken for vmlinux itself. */
	if (*dir && strncmp(name, "vmlinux.", 8) == 0)
		return is_packed_name(name + 7);
	if (*dir && strncmp(name, "linux.bin", 9) == 0)
		return is_packed_name(name + 5);
	return is_image_name(name);
}

static uint32_t le32(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

static uint32_t be32(const unsigned char *p)
{
	return (uint32_t)p[3] | (uint32_t)p[2] << 8 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[0] << 24;
}

/* How what begins so is packed. */
static enum boot_packing packing_of(const unsigned char *p, size_t len)
{
	static const struct {
		unsigned char bytes[6];
		size_t n;
		enum boot_packing packing;
	} magics[] = {
		{ { 0x1f, 0x8b, 0x08 }, 3, PACKING_GZIP },
		{ { 'B', 'Z', 'h' }, 3, PACKING_BZIP2 },
		{ { 0xfd, '7', 'z', 'X', 'Z', 0 }, 6, PACKING_XZ },
		{ { 0x5d, 0, 0 }, 3, PACKING_LZMA },
		{ { 0x89, 'L', 'Z', 'O' }, 4, PACKING_LZO },
		{ { 0x02, 0x21, 0x4c, 0x18 }, 4, PACKING_LZ4 },
		{ { 0x04, 0x22, 0x4d, 0x18 }, 4, PACKING_LZ4 },
		{ { 0x28, 0xb5, 0x2f, 0xfd }, 4, PACKING_ZSTD },
	};

	for (size_t i = 0; i < sizeof(magics) / sizeof(*magics); i++)
		if (len >= magics[i].n &&
		    memcmp(p, magics[i].bytes, magics[i].n) == 0)
			return magics[i].packing;
	return PACKING_UNKNOWN;
}

/* What begins at offset of the file. */
static enum boot_packing packing_at(const struct builder *b, const char *path,
				    uint64_t offset, size_t max)
{
	enum boot_packing packing = PACKING_UNKNOWN;
	char *data;
	size_t len;

	if (offset > max ||
	    safe_read_start(b->fd, path, (size_t)offset + 8, &data, &len))
		return PACKING_UNKNOWN;
	if (len > offset)
		packing = packing_of((unsigned char *)data + offset,
				     len - (size_t)offset);
	free(data);
	return packing;
}

/* The payload that a header names; it must be inside of the file. */
static void set_payload(const struct builder *b, struct tree_boot_file *f,
			uint64_t offset, uint64_t size)
{
	/* A loader's code before the payload takes some ten KiB. */
	const size_t code_max = (size_t)16 << 20;

	if (!size || offset > f->stamp.size || size > f->stamp.size - offset)
		return;
	f->payload = size;
	f->packing = packing_at(b, f->path, offset, code_max);
}

/* Documentation/x86/boot.rst, arch/arm64/kernel/image.h and the like. */
static void read_head(const struct builder *b, struct tree_boot_file *f,
		      const unsigned char *p, size_t len)
{
	if (len >= 0x250 && memcmp(p + 0x202, "HdrS", 4) == 0) {
		uint64_t setup = p[0x1f1] ? p[0x1f1] : 4;

		/* Protocol 2.08 and later say where the payload is. */
		if (p[0x207] > 2 || (p[0x207] == 2 && p[0x206] >= 8))
			set_payload(b, f, (setup + 1) * 512 + le32(p + 0x248),
				    le32(p + 0x24c));
	} else if (len >= 64 && be32(p) == 0x27051956) {
		static const enum boot_packing packings[] = {
			PACKING_NONE, PACKING_GZIP, PACKING_BZIP2, PACKING_LZMA,
			PACKING_LZO,  PACKING_LZ4,  PACKING_ZSTD,
		};

		/* U-Boot's header: what is after it says more if it can. */
		set_payload(b, f, 64, be32(p + 12));
		if (f->payload && f->packing == PACKING_UNKNOWN &&
		    p[31] < sizeof(packings) / sizeof(*packings))
			f->packing = packings[p[31]];
	} else if (len >= 56 && memcmp(p, "MZ\0\0zimg", 8) == 0) {
		set_payload(b, f, le32(p + 8), le32(p + 12));
	} else {
		f->packing = packing_of(p, len);
		if (f->packing != PACKING_UNKNOWN)
			f->payload = f->stamp.size;
	}
}

static bool is_plain_name(const char *path)
{
	const char *base = path_base(path);

	return strcmp(base, "Image") == 0 || strcmp(base, "xipImage") == 0 ||
	       strcmp(base, "vmlinux.bin") == 0 ||
	       strcmp(base, "linux.bin") == 0;
}

static int add(struct builder *b, struct tree_boot_file *f, struct err *e)
{
	char *data;
	size_t len;
	char reason[256];

	if (safe_read_start(b->fd, f->path, HEAD_SIZE, &data, &len)) {
		snprintf(reason, sizeof(reason), "cannot be read: %s",
			 errno == EINVAL || errno == ELOOP
				 ? "it is no regular file"
				 : strerror(errno));
		return builder_skip(b, f->path, reason, e);
	}
	read_head(b, f, (const unsigned char *)data, len);
	free(data);
	if (f->packing == PACKING_UNKNOWN && is_plain_name(f->path))
		f->packing = PACKING_NONE;
	b->boot_files[b->nboot_files++] = *f;
	return 0;
}

/* Is x in "arch/NAME/boot", and y in "arch/NAME/boot/compressed"? */
static bool is_inside(const char *x, const char *y)
{
	size_t dir = path_dir_len(x);

	return path_dir_len(y) == dir + 11 && strncmp(x, y, dir) == 0 &&
	       strncmp(y + dir, "/compressed/", 12) == 0;
}

/* A zImage does not say where its payload is; where only one was made, it is
 * that. */
static void find_payload(struct builder *b, struct tree_boot_file *f)
{
	const struct tree_boot_file *only = NULL;

	for (size_t i = 0; i < b->nboot_files; i++) {
		const struct tree_boot_file *p = &b->boot_files[i];

		if (p->part != BOOT_FILE_PAYLOAD ||
		    !is_inside(f->path, p->path))
			continue;
		if (only)
			return;
		only = p;
	}
	if (only && only->stamp.size <= f->stamp.size &&
	    only->stamp.mtime_ns <= f->stamp.mtime_ns) {
		f->payload = only->payload;
		f->packing = only->packing;
	}
}

/* Where a payload was packed into a loader, "vmlinux.bin" beside it is a
 * step on the way to the image, else it is the plain kernel. */
static void drop_steps(struct builder *b)
{
	size_t kept = 0;

	for (size_t i = 0; i < b->nboot_files; i++) {
		const struct tree_boot_file *f = &b->boot_files[i];
		bool step = false;

		if (f->part == BOOT_FILE_IMAGE &&
		    strcmp(path_base(f->path), "vmlinux.bin") == 0)
			for (size_t k = 0; k < b->nboot_files && !step; k++)
				step = is_inside(f->path,
						 b->boot_files[k].path);
		if (!step)
			b->boot_files[kept++] = *f;
	}
	b->nboot_files = kept;
}

int boot_files_read(struct builder *b, struct err *e)
{
	int64_t linked = builder_mtime(b, "vmlinux");
	size_t n = b->boot_paths.n;

	strlist_sort(&b->boot_paths);
	if (n > BOOT_FILES_MAX) {
		if (builder_remark(
			    b, e,
			    "%zu files look like boot images: only %d are recorded",
			    n, BOOT_FILES_MAX))
			return -(int)e->code;
		n = BOOT_FILES_MAX;
	}
	b->boot_files = arena_calloc(&b->arena, n + 1, sizeof(*b->boot_files));
	if (!b->boot_files)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++) {
		const char *path = b->boot_paths.v[i];
		struct tree_boot_file f = { .path = path };
		char dir[64];

		snprintf(dir, sizeof(dir), "%.*s", (int)path_dir_len(path),
			 path);
		f.part = is_payload_dir(dir) ? BOOT_FILE_PAYLOAD
					     : BOOT_FILE_IMAGE;
		if (!builder_stat(b, path, &f.stamp))
			continue;
		f.stale = f.stamp.mtime_ns < linked;
		if (add(b, &f, e))
			return -(int)e->code;
	}
	drop_steps(b);
	for (size_t i = 0; i < b->nboot_files; i++)
		if (b->boot_files[i].packing == PACKING_UNKNOWN &&
		    b->boot_files[i].part == BOOT_FILE_IMAGE)
			find_payload(b, &b->boot_files[i]);
	return 0;
}
