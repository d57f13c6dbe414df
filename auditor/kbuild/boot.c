/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The images beside vmlinux and its modules: boot stages, vDSOs, purgatory.
 * The commands that linked them are the only record of what is in them.
 */
#include "kbuild/boot.h"

#include <stdio.h>
#include <string.h>

#include "kbuild/builder_images.h"
#include "kbuild/linkcmd.h"
#include "kbuild/members.h"
#include "kbuild/path.h"

struct boot_walk {
	struct builder *b;
	const char *target;
	enum object_role role;
};

static int take_input(void *arg, const char *path,
		      const struct savedcmd_input *in, struct err *e)
{
	struct boot_walk *w = arg;
	const char *copy;

	(void)in;
	if (!path_ends(path, strlen(path), ".a"))
		return builder_member_path(w->b, path, w->role, w->target, e);
	copy = arena_strdup(&w->b->arena, path);
	return copy ? members_add(w->b, copy, w->role, false, e) : err_nomem(e);
}

/* ".setup.elf.cmd" → "setup.elf"; false where that is no path. */
static bool target_of(const char *cmd_path, char ret[PATH_ROOM])
{
	const char *base = path_base(cmd_path);
	int n = snprintf(ret, PATH_ROOM, "%.*s%.*s", (int)(base - cmd_path),
			 cmd_path, (int)strlen(base) - 5, base + 1);

	return n > 0 && n < PATH_ROOM;
}

/*
 * A short name: "setup" for setup.elf, "vdso64" for vdso64.so.dbg; a boot
 * stage that is called vmlinux, too, goes by its directory: "compressed".
 */
static void name_of(const char *target, char ret[PATH_ROOM])
{
	const char *base = path_base(target), *dir = target;
	size_t len = strcspn(base, ".");

	if ((len == 7 && memcmp(base, "vmlinux", 7) == 0 && base != target) ||
	    len == 0) {
		size_t dir_len = path_dir_len(target);

		for (size_t i = 0; i < dir_len; i++) {
			if (target[i] == '/')
				dir = target + i + 1;
		}
		len = dir_len - (size_t)(dir - target);
		base = dir;
	}
	memcpy(ret, base, len);
	ret[len] = '\0';
}

static int read_image(struct builder *b, const struct linkcmd *c,
		      const char *target, struct err *e)
{
	bool vdso = strstr(target, "vdso") != NULL;
	struct boot_walk w = { b, target, vdso ? ROLE_VDSO : ROLE_BOOT };
	char name[PATH_ROOM];
	int r;

	name_of(target, name);
	r = builder_image(b, target, name, vdso ? IMAGE_VDSO : IMAGE_BOOT, e);
	if (!r)
		r = linkcmd_inputs(b, c, target, take_input, &w, e);
	/* Linked from other things than objects: nothing to tell of it. */
	if (!r && !b->images[b->nimages - 1].i.nmembers)
		b->nimages--;
	return r;
}

static int read_cmd(struct builder *b, const char *cmd_path, struct err *e)
{
	char target[PATH_ROOM];
	enum savedcmd_kind kind;
	struct linkcmd c;
	int r = 0;

	if (!target_of(cmd_path, target))
		return 0;
	linkcmd_read(b, cmd_path, true, &c);
	if (!c.data)
		return 0;
	kind = savedcmd_kind(c.command, c.len);
	/* purgatory.ro is linked with -r. */
	if (kind == SAVEDCMD_LINK || kind == SAVEDCMD_RELOCATE)
		r = read_image(b, &c, target, e);
	linkcmd_release(&c);
	return r;
}

int boot_read(struct builder *b, struct err *e)
{
	strlist_sort(&b->link_cmds);
	for (size_t i = 0; i < b->link_cmds.n; i++) {
		if (read_cmd(b, b->link_cmds.v[i], e))
			return -(int)e->code;
	}
	return 0;
}
