/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One image for each line of modules.order: the parts that its .mod file
 * names, and the objects made for its link.
 */
#include "kbuild/modules.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kbuild/builder_images.h"
#include "kbuild/linkcmd.h"
#include "kbuild/members.h"
#include "kbuild/modfile.h"
#include "kbuild/path.h"
#include "support/safe_open.h"

struct module {
	char stem[PATH_ROOM]; /* "fs/fuse/fuse" */
	char file[PATH_ROOM]; /* some file of it: stem and a suffix */
	bool parts_known;
};

/* stem + suffix; false where that is too long for a path. */
static bool name_file(struct module *m, const char *suffix)
{
	int n = snprintf(m->file, sizeof(m->file), "%s%s", m->stem, suffix);

	return n > 0 && n < PATH_ROOM;
}

static bool object_known(const struct builder *b, const char *path,
			 uint32_t *ret_index)
{
	uint64_t i;

	if (!strmap_get(&b->index, path, strlen(path), &i))
		return false;
	*ret_index = (uint32_t)i;
	return true;
}

/* Before 5.3 modules.order says where modules are installed: below kernel/.
 * But kernel/ is a directory of the tree, too: what is there decides. */
static void drop_install_prefix(const struct builder *b, struct module *m)
{
	uint32_t i;

	if (strncmp(m->stem, "kernel/", 7) ||
	    (name_file(m, ".o") && object_known(b, m->file, &i)))
		return;
	if (name_file(m, ".o") && object_known(b, m->file + 7, &i))
		memmove(m->stem, m->stem + 7, strlen(m->stem + 7) + 1);
}

static int add_part(struct builder *b, const char *path, const char *named_by,
		    struct err *e)
{
	if (b->lists_as_objects)
		return members_add_file(b, path, ROLE_MODULE, false, named_by,
					e);
	return builder_member_path(b, path, ROLE_MODULE, named_by, e);
}

static int add_parts(struct builder *b, const char *mod, const char *data,
		     size_t len, struct err *e)
{
	char path[PATH_ROOM], reason[600];
	struct mod_reader r;

	mod_start(&r, data, len);
	while (mod_next(&r)) {
		enum path_result pr = path_resolve(b->where, "", 0, r.word,
						   r.len, path);
		int err;

		if (pr == PATH_OK) {
			err = add_part(b, path, mod, e);
		} else {
			snprintf(reason, sizeof(reason), "part '%.*s' %s",
				 (int)(r.len < 400 ? r.len : 400), r.word,
				 path_result_text(pr));
			err = builder_skip(b, mod, reason, e);
		}
		if (err)
			return err;
	}
	return 0;
}

/* .tmp_versions has one file for all modules of a name; its first word, which
 * mod_next leaves out, tells whose it is. */
static bool is_mod_of(const struct module *m, const char *data, size_t len)
{
	size_t n = strlen(m->stem);

	return len > n + 3 && memcmp(data, m->stem, n) == 0 &&
	       memcmp(data + n, ".ko", 3) == 0 &&
	       (data[n + 3] == '\n' || data[n + 3] == ' ');
}

static bool read_versions(struct builder *b, struct module *m, char **ret,
			  size_t *ret_len)
{
	int n = snprintf(m->file, sizeof(m->file), ".tmp_versions/%s.mod",
			 path_base(m->stem));

	if (n < 0 || n >= PATH_ROOM ||
	    builder_read_list(b, m->file, LIST_MAX, ret, ret_len))
		return false;
	if (is_mod_of(m, *ret, *ret_len))
		return true;
	free(*ret);
	return false;
}

/* The .mod beside the objects (5.3 and later) or in .tmp_versions. */
static int read_mod(struct builder *b, struct module *m, struct err *e)
{
	char *data;
	size_t len;
	int r;

	if ((!name_file(m, ".mod") ||
	     builder_read_list(b, m->file, LIST_MAX, &data, &len)) &&
	    !read_versions(b, m, &data, &len))
		return 0;
	m->parts_known = true;
	r = add_parts(b, m->file, data, len, e);
	free(data);
	return r;
}

static int take_part(void *arg, const char *path,
		     const struct savedcmd_input *in, struct err *e)
{
	(void)in;
	return add_part(arg, path, "the module's link", e);
}

/* Without a .mod: the command that linked the composite knows its parts. */
static int read_link(struct builder *b, struct module *m, struct err *e)
{
	struct linkcmd c;
	int r = 0;

	if (!name_file(m, ".o"))
		return 0;
	linkcmd_of(b, m->file, true, &c);
	if (c.data && savedcmd_kind(c.command, c.len) == SAVEDCMD_RELOCATE) {
		m->parts_known = true;
		r = linkcmd_inputs(b, &c, m->file, take_part, b, e);
	}
	linkcmd_release(&c);
	return r;
}

/* M.o: the only part, or made from the parts. */
static int settle_object(struct builder *b, struct module *m, struct err *e)
{
	const struct draft_image *img = &b->images[b->nimages - 1];
	uint32_t i;

	if (!name_file(m, ".o"))
		return 0;
	if (!img->i.nmembers)
		return add_part(b, m->file, "modules.order", e);
	if (object_known(b, m->file, &i) &&
	    b->objects[i].in_image != b->nimages)
		builder_decide(b, i, ROLE_DERIVED);
	return 0;
}

/* The objects that modpost makes, in the order of the .ko's link. */
static int add_linktime(struct builder *b, struct module *m, struct err *e)
{
	uint32_t i;

	if (name_file(m, ".mod.o") && object_known(b, m->file, &i) &&
	    builder_member(b, i, ROLE_LINKTIME, false, e))
		return -(int)e->code;
	if (object_known(b, ".module-common.o", &i))
		return builder_member(b, i, ROLE_LINKTIME, false, e);
	return 0;
}

/* seen: of each module that was read, its path without ".ko".  A directory
 * that two makefiles enter is listed twice, and one path can be spelt in
 * several ways: an image is read once. */
static int read_module(struct builder *b, struct module *m, struct strmap *seen,
		       struct err *e)
{
	bool added;
	int r;

	drop_install_prefix(b, m);
	if (!name_file(m, ".ko"))
		return 0;
	if (!strmap_put(seen, m->stem, strlen(m->stem), 0, &added))
		return err_nomem(e);
	if (!added)
		return 0;
	r = builder_image(b, m->file, path_base(m->stem), IMAGE_MODULE, e);
	if (!r)
		r = read_mod(b, m, e);
	if (!r && !m->parts_known)
		r = read_link(b, m, e);
	if (!r)
		r = settle_object(b, m, e);
	return r ? r : add_linktime(b, m, e);
}

static int take_line(struct builder *b, const struct mod_reader *line,
		     struct strmap *seen, struct err *e)
{
	struct module m = { .parts_known = false };
	char reason[600];
	enum path_result pr = path_resolve(b->where, "", 0, line->word,
					   line->len, m.stem);

	if (pr == PATH_OK)
		return read_module(b, &m, seen, e);
	snprintf(reason, sizeof(reason), "module '%.*s' %s",
		 (int)(line->len < 400 ? line->len : 400), line->word,
		 path_result_text(pr));
	return builder_skip(b, "modules.order", reason, e);
}

int modules_read(struct builder *b, struct err *e)
{
	struct strmap seen = STRMAP_INIT;
	struct mod_reader line;
	char *data;
	size_t len;
	int r = 0;

	if (safe_read(b->fd, "modules.order", LIST_MAX, &data, &len)) {
		if (errno == ENOENT)
			return 0;
		return builder_skip(b, "modules.order", strerror(errno), e);
	}
	mod_start(&line, data, len);
	while (!r && order_next(&line))
		r = take_line(b, &line, &seen, e);
	strmap_release(&seen);
	free(data);
	return r;
}
