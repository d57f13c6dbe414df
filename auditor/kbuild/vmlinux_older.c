/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The image vmlinux before 6.1, when no list of its own was kept.
 */
#include <stdlib.h>
#include <string.h>

#include "kbuild/path.h"
#include "kbuild/vmlinux.h"
#include "support/beneath.h"

/* arch/X/rest: rest with its slash; NULL for other paths. */
static const char *below_arch(const char *path)
{
	return strncmp(path, "arch/", 5) ? NULL : strchr(path + 5, '/');
}

/* Linked first, and in no archive: head-y of every architecture. */
static int add_heads(struct builder *b, struct err *e)
{
	static const char *const names[] = {
		"/kernel/head.o",
		"/kernel/head-nommu.o",
		"/kernel/head_32.o",
		"/kernel/head_64.o",
		"/kernel/head_40x.o",
		"/kernel/head_44x.o",
		"/kernel/head_8xx.o",
		"/kernel/head_fsl_booke.o",
		"/kernel/head_book3s_32.o",
		"/kernel/head32.o",
		"/kernel/head64.o",
		"/kernel/ebda.o",
		"/kernel/platform-quirks.o",
		"/kernel/entry_64.o",
		"/kernel/fpu.o",
		"/kernel/vector.o",
		"/kernel/prom_init.o",
	};

	for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
		for (uint32_t i = 0; i < b->nobjects; i++) {
			const char *rest = below_arch(b->objects[i].o.path);

			if (!rest || strcmp(rest, names[n]))
				continue;
			if (builder_member(b, i, ROLE_VMLINUX, false, e))
				return -(int)e->code;
		}
	}
	return 0;
}

/* "fs/built-in.a", and all below arch/: an archive holds the members of
 * those below it, and a deeper one may be left over from an older build. */
static bool is_top_archive(const char *path)
{
	const char *slash = strchr(path, '/');

	if (strcmp(path_base(path), "built-in.a"))
		return false;
	return below_arch(path) || (slash && !strchr(slash + 1, '/'));
}

static bool is_usual_lib(const char *path)
{
	const char *rest = below_arch(path);

	return strcmp(path, "lib/lib.a") == 0 ||
	       (rest && strcmp(rest, "/lib/lib.a") == 0);
}

int vmlinux_usual_libs(struct builder *b, bool on_demand, struct err *e)
{
	size_t n = 0;

	/* Backwards: lib/lib.a is linked before the architecture's. */
	strlist_sort(&b->archives);
	for (size_t i = b->archives.n; i-- > 0;) {
		if (!is_usual_lib(b->archives.v[i]))
			continue;
		if (members_add(b, b->archives.v[i], ROLE_VMLINUX, on_demand,
				e))
			return -(int)e->code;
		n++;
	}
	if (!n)
		return 0;
	return builder_remark(b, e,
			      "the libraries that vmlinux is linked with "
			      "are not recorded: lib/lib.a and the "
			      "architecture's are taken");
}

/* From 5.7 to 6.15, a kernel with modules takes lib.a whole; earlier ones
 * never do. */
static bool libs_on_demand(struct builder *b)
{
	unsigned long major = 0, minor = 0;
	char *release, *rest;
	size_t len;

	if (!builder_config(b, "CONFIG_MODULES", false))
		return true;
	if (beneath_read_start(b->fd, "include/config/kernel.release", 64,
			       &release, &len))
		return true;
	major = strtoul(release, &rest, 10);
	if (*rest == '.')
		minor = strtoul(rest + 1, NULL, 10);
	free(release);
	return major < 5 || (major == 5 && minor < 7);
}

static int add_top_archives(struct builder *b, struct err *e)
{
	size_t n = 0;

	strlist_sort(&b->archives);
	for (size_t i = 0; i < b->archives.n; i++) {
		if (!is_top_archive(b->archives.v[i]))
			continue;
		if (members_add(b, b->archives.v[i], ROLE_VMLINUX, false, e))
			return -(int)e->code;
		n++;
	}
	if (!n)
		return builder_remark(b, e,
				      "no vmlinux.a and no built-in.a: "
				      "which objects are in vmlinux is not "
				      "known");
	return builder_remark(b, e,
			      "no built-in.a at the top: those of the "
			      "directories are taken, in another order than "
			      "the link's");
}

int vmlinux_read_older(struct builder *b, bool top, struct err *e)
{
	int r = add_heads(b, e);

	if (!r && top)
		r = members_add(b, "built-in.a", ROLE_VMLINUX, false, e);
	else if (!r)
		r = add_top_archives(b, e);
	if (r || !b->archives.n)
		return r;
	return vmlinux_usual_libs(b, libs_on_demand(b), e);
}
