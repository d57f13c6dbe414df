/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was built without what it was built from: a directory of modules, as
 * a package installs it, or a vmlinux on its own.  Each linked file is the
 * one object of its image.
 */
#include "kbuild/linked_only.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kbuild/builder_images.h"
#include "kbuild/path.h"
#include "support/safe_open.h"

static int add_file(struct builder *b, const char *path, const char *name,
		    enum image_kind kind, const struct file_stamp *stamp,
		    struct err *e)
{
	enum object_role role = kind == IMAGE_VMLINUX ? ROLE_VMLINUX
						      : ROLE_MODULE;
	const char *copy = arena_strdup(&b->arena, path);
	uint32_t object = (uint32_t)b->nobjects;

	if (!copy)
		return err_nomem(e);
	if (builder_add_object(b, copy, stamp, e) ||
	    builder_image(b, path, name, kind, e))
		return -(int)e->code;
	return builder_member(b, object, role, false, e);
}

static int add_module(struct builder *b, const char *path,
		      const struct file_stamp *stamp, struct err *e)
{
	const char *base = path_base(path);
	char *name = arena_strndup(&b->arena, base, path_module_stem(base));

	return name ? add_file(b, path, name, IMAGE_MODULE, stamp, e)
		    : err_nomem(e);
}

/* One that is there packed and unpacked counts once. */
static int add_modules(struct builder *b, struct err *e)
{
	struct strmap stems = STRMAP_INIT;
	int r = 0;

	strlist_sort(&b->ko_paths);
	for (size_t i = 0; i < b->ko_paths.n && !r; i++) {
		const char *path = b->ko_paths.v[i];
		bool added;
		uint64_t at;

		if (!strmap_put(&stems, path, path_module_stem(path), 0,
				&added))
			r = err_nomem(e);
		else if (!added)
			r = builder_skip(
				b, path,
				"the same module is there in another form, which is measured",
				e);
		else if (strmap_get(&b->kos, path, strlen(path), &at))
			r = add_module(b, path, &b->ko_stamps[at], e);
	}
	strmap_release(&stems);
	return r;
}

static int add_remarks(struct builder *b, bool vmlinux, struct err *e)
{
	size_t modules = b->nimages - vmlinux;
	int r = 0;

	if (vmlinux)
		r = builder_remark(
			b, e,
			"no objects: vmlinux is measured as it was linked, as one; what each directory has in it is not known");
	if (!r && modules)
		r = builder_remark(
			b, e,
			"no objects: %zu modules are measured as they were linked, each as one, with what modpost added to them",
			modules);
	if (!r && !vmlinux)
		r = builder_remark(
			b, e, "no vmlinux: the kernel itself is not measured");
	return r;
}

int linked_only_read(struct builder *b, struct err *e)
{
	static const char *const names[] = { "vmlinux", "vmlinux.unstripped" };
	struct file_stamp stamp;
	bool vmlinux = false;
	int r = 0;

	b->linked_only = true;
	for (size_t i = 0; i < 2 && !vmlinux && !r; i++) {
		if (!builder_stat(b, names[i], &stamp))
			continue;
		vmlinux = true;
		r = add_file(b, names[i], "vmlinux", IMAGE_VMLINUX, &stamp, e);
	}
	if (!r)
		r = add_modules(b, e);
	if (r)
		return r;
	return add_remarks(b, vmlinux, e);
}

int linked_only_read_file(struct builder *b, const char *name, struct err *e)
{
	bool module = path_module_stem(name) > 0;
	struct file_stamp stamp;
	char *start = NULL;
	size_t len = 0;
	int r;

	b->linked_only = true;
	if (!builder_stat(b, name, &stamp) ||
	    safe_read_start(b->fd, name, 4, &start, &len))
		return err_set_errno(e, ERR_IO, "cannot read '%s'", name);
	if (!module && (len < 4 || memcmp(start, "\177ELF", 4) != 0))
		r = err_set(
			e, ERR_FORMAT,
			"'%s' is neither a vmlinux nor a module: give the ELF file that a bzImage or zImage was packed from, or the directory that make built in",
			name);
	else if (module)
		r = add_module(b, name, &stamp, e);
	else
		r = add_file(b, name, "vmlinux", IMAGE_VMLINUX, &stamp, e);
	free(start);
	return r ? r : add_remarks(b, !module, e);
}
