/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a list to the object files in it: an archive, or (before
 * 4.17) an object that ld -r linked from others.  Lists may name lists; each
 * is read once for an image, which ends every cycle.
 */
#include "kbuild/members.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kbuild/archive.h"
#include "kbuild/builder_images.h"
#include "kbuild/linkcmd.h"
#include "kbuild/path.h"
#include "support/safe_open.h"

#define DEPTH_MAX 16

struct member_walk {
	struct builder *b;
	enum object_role role;
	bool lib_member;
	bool count;	    /* only count: nothing is added */
	struct strmap seen; /* lists that were read, leaves that were counted */
	size_t room;	    /* bytes that archives in memory may still take */
	unsigned int depth;
	uint64_t absent; /* embedded, and no such file beside the archive */
	const char *absent_in;
	size_t there, taken; /* of count */
	size_t named;	     /* of is_there */
};

/* How a file came up. */
struct named {
	const char *by;
	bool embedded; /* a member of an archive that holds its members */
};

static int read_archive(struct member_walk *w, const char *path, struct err *e);
static int take_file(struct member_walk *w, const char *path, struct named n,
		     struct err *e);

bool members_is_archive(const struct builder *b, const char *path)
{
	char *start;
	size_t len;
	bool yes;

	if (safe_read_start(b->fd, path, 8, &start, &len))
		return false;
	yes = archive_is(start, len);
	free(start);
	return yes;
}

/* Opening every member to see its magic would cost as much as measuring it:
 * from 4.17 on archives are named .a. */
static bool is_archive(const struct member_walk *w, const char *path)
{
	size_t len = strlen(path);

	return (w->b->lists_as_objects || !path_ends(path, len, ".o")) &&
	       members_is_archive(w->b, path);
}

static int skip(struct member_walk *w, const char *path, const char *reason,
		struct err *e)
{
	return w->count ? 0 : builder_skip(w->b, path, reason, e);
}

static int count_leaf(struct member_walk *w, uint32_t object, struct err *e)
{
	const struct draft_object *o = &w->b->objects[object];
	bool added;

	if (!strmap_put(&w->seen, o->o.path, strlen(o->o.path), 0, &added))
		return err_nomem(e);
	w->there += added;
	w->taken += added && o->in_image == w->b->nimages;
	return 0;
}

static int add_leaf(struct member_walk *w, const char *path, struct named n,
		    struct err *e)
{
	char reason[512];
	uint32_t i;
	int r = builder_object(w->b, path, &i, e);

	if (r)
		return r;
	if (i != OBJECT_NONE && w->count)
		return count_leaf(w, i, e);
	if (i != OBJECT_NONE)
		return builder_member(w->b, i, w->role, w->lib_member, e);
	if (n.embedded && !w->absent++)
		w->absent_in = n.by;
	snprintf(reason, sizeof(reason),
		 n.embedded ? "is only inside of '%.400s', not beside it"
			    : "named by '%.400s', but not there",
		 n.by);
	return skip(w, path, reason, e);
}

/* ---- what ld -r linked ---- */

static int is_there(void *arg, const char *path,
		    const struct savedcmd_input *in, struct err *e)
{
	struct member_walk *w = arg;
	uint64_t i;

	(void)in;
	(void)e;
	/* What Kbuild makes for one command alone, it hides, and removes. */
	if (path_base(path)[0] == '.')
		return 0;
	w->named++;
	w->there += strmap_get(&w->b->index, path, strlen(path), &i) ||
		    builder_mtime(w->b, path) >= 0;
	return 0;
}

struct input_take {
	struct member_walk *w;
	const char *composite;
};

static int take_input(void *arg, const char *path,
		      const struct savedcmd_input *in, struct err *e)
{
	struct input_take *t = arg;

	(void)in;
	return take_file(t->w, path, (struct named){ t->composite, false }, e);
}

/* A tree that was packed up may have the composites alone. */
static int any_input(struct member_walk *w, const struct linkcmd *c,
		     const char *path, bool *ret, struct err *e)
{
	struct member_walk probe = { .b = w->b };
	int r = linkcmd_inputs(w->b, c, path, is_there, &probe, e);

	*ret = probe.there > 0;
	if (!r && !*ret && probe.named && !w->count)
		w->b->composites_alone++;
	return r;
}

/* *ret_done is false where path is an object of its own. */
static int read_composite(struct member_walk *w, const char *path,
			  bool *ret_done, struct err *e)
{
	const struct tree_image *img = &w->b->images[w->b->nimages - 1].i;
	struct input_take t = { w, path };
	size_t before = img->nmembers;
	struct linkcmd c;
	bool added;
	int r = 0;

	/* The start of the file tells a link from a compilation. */
	linkcmd_of(w->b, path, false, &c);
	*ret_done = c.data &&
		    savedcmd_kind(c.command, c.len) == SAVEDCMD_RELOCATE;
	linkcmd_release(&c);
	if (!*ret_done)
		return 0;
	if (w->depth == DEPTH_MAX)
		return skip(w, path, "lists are nested too deep", e);
	linkcmd_of(w->b, path, true, &c);
	r = any_input(w, &c, path, ret_done, e);
	if (!r && *ret_done) {
		w->depth++;
		if (!strmap_put(&w->seen, path, strlen(path), 0, &added))
			r = err_nomem(e);
		else if (added)
			r = linkcmd_inputs(w->b, &c, path, take_input, &t, e);
		if (!r)
			r = builder_partial_link_group(w->b, before, e);
		w->depth--;
	}
	linkcmd_release(&c);
	return r;
}

/* ---- archives ---- */

static int take_file(struct member_walk *w, const char *path, struct named n,
		     struct err *e)
{
	bool done = false;
	int r = 0;

	if (is_archive(w, path)) {
		const char *copy = arena_strdup(&w->b->arena, path);

		return copy ? read_archive(w, copy, e) : err_nomem(e);
	}
	if (w->b->lists_as_objects)
		r = read_composite(w, path, &done, e);
	return r || done ? r : add_leaf(w, path, n, e);
}

static int take_member(struct member_walk *w, const char *archive,
		       const struct archive_reader *r,
		       const struct archive_member *m, struct err *e)
{
	struct named n = { archive, !r->thin };
	char path[PATH_ROOM], reason[600];
	enum path_result pr;

	pr = path_resolve(w->b->where, archive, path_dir_len(archive), m->name,
			  m->name_len, path);
	if (pr != PATH_OK) {
		snprintf(reason, sizeof(reason), "member '%.*s' %s",
			 (int)(m->name_len < 400 ? m->name_len : 400), m->name,
			 path_result_text(pr));
		return skip(w, archive, reason, e);
	}
	if (m->nested) {
		const char *copy = arena_strdup(&w->b->arena, path);

		return copy ? read_archive(w, copy, e) : err_nomem(e);
	}
	return take_file(w, path, n, e);
}

static int take_members(struct member_walk *w, const char *path,
			const char *data, size_t len, struct err *e)
{
	struct archive_reader reader;
	struct archive_member m;
	int more, r = 0;

	if (!archive_start(&reader, data, len))
		return skip(w, path, "is not an archive", e);
	while (!r && (more = archive_next(&reader, &m)) > 0)
		r = take_member(w, path, &reader, &m, e);
	if (!r && more < 0)
		r = skip(w, path, reader.problem, e);
	return r;
}

/* path lives in the arena. */
static int read_archive(struct member_walk *w, const char *path, struct err *e)
{
	char reason[256];
	char *data;
	size_t len;
	bool added;
	int r;

	if (!strmap_put(&w->seen, path, strlen(path), 0, &added))
		return err_nomem(e);
	if (!added)
		return 0;
	if (w->depth == DEPTH_MAX)
		return skip(w, path, "archives are nested too deep", e);
	if (builder_read_list(w->b, path, w->room, &data, &len)) {
		snprintf(reason, sizeof(reason), "cannot be read: %s",
			 errno == EFBIG ? "too large for a list of objects"
					: strerror(errno));
		return skip(w, path, reason, e);
	}
	w->room -= len;
	w->depth++;
	r = take_members(w, path, data, len, e);
	w->depth--;
	w->room += len;
	free(data);
	return r;
}

/* ---- for others ---- */

static int finish(struct member_walk *w, int r, struct err *e)
{
	if (!r && w->absent)
		r = builder_remark(
			w->b, e,
			"%llu members of '%.200s' are only inside of it: they could not be measured",
			(unsigned long long)w->absent, w->absent_in);
	strmap_release(&w->seen);
	return r;
}

int members_add(struct builder *b, const char *archive, enum object_role role,
		bool lib_member, struct err *e)
{
	struct member_walk w = {
		.b = b, .role = role, .lib_member = lib_member, .room = LIST_MAX
	};

	return finish(&w, read_archive(&w, archive, e), e);
}

int members_add_file(struct builder *b, const char *path, enum object_role role,
		     bool lib_member, const char *named_by, struct err *e)
{
	struct member_walk w = {
		.b = b, .role = role, .lib_member = lib_member, .room = LIST_MAX
	};
	struct named n = { named_by, false };

	return finish(&w, take_file(&w, path, n, e), e);
}

int members_count(struct builder *b, const char *list, size_t *ret_there,
		  size_t *ret_taken, struct err *e)
{
	struct member_walk w = { .b = b, .count = true, .room = LIST_MAX };
	int r = take_file(&w, list, (struct named){ list, false }, e);

	strmap_release(&w.seen);
	*ret_there = w.there;
	*ret_taken = w.taken;
	return r;
}
