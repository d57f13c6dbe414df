/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The objects that exist only for the final link of vmlinux.  Each is known
 * by its fixed name; an option that is off tells a leftover of an older
 * build from one that was linked.
 */
#include "kbuild/vmlinux_link.h"

#include <string.h>

#include "kbuild/builder_images.h"
#include "kbuild/path.h"

static int add_if_there(struct builder *b, const char *path, struct err *e)
{
	uint64_t i;

	if (!strmap_get(&b->index, path, strlen(path), &i))
		return 0;
	return builder_member(b, (uint32_t)i, ROLE_LINKTIME, false, e);
}

int vmlinux_link_objects(struct builder *b, struct err *e)
{
	static const struct {
		const char *path, *option;
	} fixed[] = {
		{ ".vmlinux.export.o", "CONFIG_MODULES" },
		{ ".builtin-dtbs.o", "CONFIG_GENERIC_BUILTIN_DTB" }, /* 6.13 */
		{ "init/version-timestamp.o", NULL },
	};

	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
		if (fixed[i].option &&
		    !builder_config(b, fixed[i].option, true))
			continue;
		if (add_if_there(b, fixed[i].path, e))
			return -(int)e->code;
	}
	return 0;
}

/* ".tmp_vmlinux.kallsyms2.o", ".tmp_vmlinux2.kallsyms.o" (6.11 and later),
 * ".tmp_kallsyms2.o" (before 5.0): 2; -1 for other objects. */
static int kallsyms_step(const char *path)
{
	const char *digit;

	if (strncmp(path, ".tmp_", 5) || strchr(path, '/') ||
	    !strstr(path, "kallsyms"))
		return -1;
	digit = strpbrk(path, "0123456789");
	return digit ? *digit - '0' : -1;
}

/*
 * The last step's object is the linked one.  The third step is taken only
 * when it is needed, and its object remains when a later build needs
 * none: then it is older than the second step's.
 */
static const char *linked_kallsyms(const struct builder *b)
{
	const struct tree_object *steps[10] = { NULL };
	int last = 9;

	for (size_t i = 0; i < b->nobjects; i++) {
		const struct tree_object *o = &b->objects[i].o;
		int step = o->path[0] == '.' ? kallsyms_step(o->path) : -1;

		if (step >= 0)
			steps[step] = o;
	}
	while (last > 0 && !steps[last])
		last--;
	while (last > 2 && steps[last - 1] &&
	       steps[last]->stamp.mtime_ns < steps[last - 1]->stamp.mtime_ns)
		last--;
	return steps[last] ? steps[last]->path : NULL;
}

/* ".btf.vmlinux.bin.o", or ".tmp_vmlinux1.btf.o" (6.11 and later). */
static const char *linked_btf(const struct builder *b)
{
	const struct tree_object *last = NULL;

	for (size_t i = 0; i < b->nobjects; i++) {
		const struct tree_object *o = &b->objects[i].o;

		if (o->path[0] != '.' || strchr(o->path, '/') ||
		    (strncmp(o->path, ".btf.", 5) &&
		     !path_ends(o->path, strlen(o->path), ".btf.o")))
			continue;
		if (!last || o->stamp.mtime_ns > last->stamp.mtime_ns)
			last = o;
	}
	return last ? last->path : NULL;
}

/* powerpc, 6.13 and later: arch/powerpc/tools/vmlinux.arch.o */
static const char *linked_arch(const struct builder *b)
{
	for (size_t i = 0; i < b->nobjects; i++) {
		const char *path = b->objects[i].o.path;

		if (strncmp(path, "arch/", 5) == 0 &&
		    path_ends(path, strlen(path), "/tools/vmlinux.arch.o"))
			return path;
	}
	return NULL;
}

int vmlinux_kallsyms(struct builder *b, struct err *e)
{
	const char *paths[3] = { NULL };

	if (builder_config(b, "CONFIG_KALLSYMS", true))
		paths[0] = linked_kallsyms(b);
	if (builder_config(b, "CONFIG_DEBUG_INFO_BTF", true))
		paths[1] = linked_btf(b);
	paths[2] = linked_arch(b);
	for (size_t i = 0; i < 3; i++) {
		if (paths[i] && add_if_there(b, paths[i], e))
			return -(int)e->code;
	}
	return 0;
}
