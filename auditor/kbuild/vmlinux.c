/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The image vmlinux: which objects, in which order of the link.
 *
 * From 6.1 on, vmlinux.a is the list (7.2 makes it from built-in-fixup.a,
 * which therefore does not matter).  What follows it is in the order of
 * scripts/link-vmlinux.sh: the objects compiled for the link, the libraries
 * of which only what is needed is taken, kallsyms and BTF.
 */
#include "kbuild/vmlinux.h"

#include <string.h>

#include "kbuild/builder_images.h"
#include "kbuild/linkcmd.h"
#include "kbuild/members.h"
#include "kbuild/path.h"
#include "kbuild/vmlinux_link.h"
#include "kbuild/vmlinux_older.h"

static int take_lib(void *arg, const char *path,
		    const struct savedcmd_input *in, struct err *e)
{
	struct builder *b = arg;
	const char *copy;

	/* vmlinux.a is between --whole-archive and its end. */
	if (in->whole_archive || !path_ends(path, strlen(path), ".a"))
		return 0;
	copy = arena_strdup(&b->arena, path);
	return copy ? members_add(b, copy, ROLE_VMLINUX, true, e)
		    : err_nomem(e);
}

/* vmlinux.o is linked from the same inputs, and its command is kept. */
static int add_libs(struct builder *b, struct err *e)
{
	struct linkcmd c;
	int r = 0;

	linkcmd_of(b, "vmlinux.o", true, &c);
	if (c.data)
		r = linkcmd_inputs(b, &c, "vmlinux.o", take_lib, b, e);
	else if (!builder_config(b, "CONFIG_MODULES", true))
		r = vmlinux_usual_libs(b, true, e);
	linkcmd_release(&c);
	return r;
}

/* With these vmlinux is linked from vmlinux.o. */
static const char *const options[] = {
	"CONFIG_LTO_CLANG",
	"CONFIG_X86_KERNEL_IBT",
};
#define NOPTIONS (sizeof(options) / sizeof(options[0]))

static int bind_all(struct builder *b, struct err *e)
{
	for (size_t i = 0; i < NOPTIONS; i++) {
		if (builder_config(b, options[i], false))
			return builder_partial_link_group(b, 0, e);
	}
	return 0;
}

/* What no list can tell, in words. */
static int add_remarks(struct builder *b, struct err *e)
{
	const struct tree_image *img = &b->images[0].i;
	size_t libs = 0;

	for (size_t i = 0; i < img->nmembers; i++)
		libs += b->objects[img->members[i]].o.lib_member;
	if (libs &&
	    builder_remark(
		    b, e,
		    "%zu objects are members of libraries that are linked on demand: vmlinux holds those it needs",
		    libs))
		return -(int)e->code;
	for (size_t i = 0; i < NOPTIONS; i++) {
		if (builder_config(b, options[i], false) &&
		    builder_remark(
			    b, e,
			    "vmlinux is linked from vmlinux.o (%s), not from the objects one by one",
			    options[i]))
			return -(int)e->code;
	}
	return 0;
}

/* By the command that linked vmlinux (from 6.15 on: vmlinux.unstripped), or
 * without one by the configuration. */
static bool drops_sections(struct builder *b)
{
	static const char *const linked[] = { "vmlinux.unstripped", "vmlinux" };
	bool known = false, drops = false;

	for (size_t i = 0; i < 2 && !drops; i++) {
		struct linkcmd c;

		linkcmd_of(b, linked[i], false, &c);
		known |= c.data != NULL;
		drops = linkcmd_has_option(&c, "--gc-sections");
		linkcmd_release(&c);
	}
	return known ? drops
		     : builder_config(b, "CONFIG_LD_DEAD_CODE_DATA_ELIMINATION",
				      false);
}

/* 6.15 and later link this one, and make vmlinux from it. */
static const char *linked_file(const struct builder *b)
{
	return builder_mtime(b, "vmlinux") < 0 &&
			       builder_mtime(b, "vmlinux.unstripped") >= 0
		       ? "vmlinux.unstripped"
		       : "vmlinux";
}

int vmlinux_read(struct builder *b, struct err *e)
{
	bool listed = vmlinux_is_listed(b);
	int r = builder_image(b, linked_file(b), "vmlinux", IMAGE_VMLINUX, e);

	b->gc_sections = drops_sections(b);
	if (!r && listed)
		r = members_add(b, "vmlinux.a", ROLE_VMLINUX, false, e);
	else if (!r)
		r = vmlinux_read_older(b, e);
	if (!r)
		r = bind_all(b, e);
	if (!r)
		r = vmlinux_link_objects(b, e);
	if (!r && listed)
		r = add_libs(b, e);
	if (!r)
		r = vmlinux_kallsyms(b, e);
	return r ? r : add_remarks(b, e);
}
