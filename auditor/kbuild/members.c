/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From an archive to the object files it stands for.  Archives may name
 * archives; each is read once for an image, which ends every cycle.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kbuild/archive.h"
#include "kbuild/builder.h"
#include "kbuild/path.h"
#include "support/beneath.h"

#define DEPTH_MAX 16

struct member_walk {
	struct builder *b;
	enum object_role role;
	bool lib_member;
	struct strmap seen; /* archives that were read */
	size_t room;	    /* bytes that archives in memory may still take */
	unsigned int depth;
	uint64_t absent; /* embedded, and no such file beside the archive */
	const char *absent_in;
};

static int read_archive(struct member_walk *w, const char *path, struct err *e);

/* Whether the file at path begins as an archive does. */
static bool looks_like_archive(const struct builder *b, const char *path)
{
	char *start;
	size_t len;
	bool yes;

	if (beneath_read_start(b->fd, path, 8, &start, &len))
		return false;
	yes = archive_is(start, len);
	free(start);
	return yes;
}

/* Opening every member to see its magic would cost as much as measuring it.
 * From 4.17 on archives are named .a, and before that era's end the whole
 * tree is known by its built-in.o. */
static bool is_archive(const struct member_walk *w, const char *path)
{
	size_t len = strlen(path);

	if (path_ends(path, len, ".o"))
		return w->b->archives_as_objects &&
		       looks_like_archive(w->b, path);
	return looks_like_archive(w->b, path);
}

static int add_leaf(struct member_walk *w, const char *archive,
		    const char *path, bool embedded, struct err *e)
{
	char reason[512];
	uint32_t i;
	int r = builder_object(w->b, path, &i, e);

	if (r)
		return r;
	if (i != OBJECT_NONE)
		return builder_member(w->b, i, w->role, w->lib_member, e);
	if (embedded && !w->absent++)
		w->absent_in = archive;
	snprintf(reason, sizeof(reason),
		 embedded ? "is only inside of '%.400s', not beside it"
			  : "named by '%.400s', but not there",
		 archive);
	return builder_skip(w->b, path, reason, e);
}

static int take_member(struct member_walk *w, const char *archive,
		       const struct archive_reader *r,
		       const struct archive_member *m, struct err *e)
{
	char path[PATH_ROOM], reason[600];
	enum path_result pr;

	pr = path_resolve(w->b->where, archive, path_dir_len(archive), m->name,
			  m->name_len, path);
	if (pr != PATH_OK) {
		snprintf(reason, sizeof(reason), "member '%.*s' %s",
			 (int)(m->name_len < 400 ? m->name_len : 400), m->name,
			 path_result_text(pr));
		return builder_skip(w->b, archive, reason, e);
	}
	if (m->nested || is_archive(w, path)) {
		const char *copy = arena_strdup(&w->b->arena, path);

		return copy ? read_archive(w, copy, e) : builder_nomem(e);
	}
	return add_leaf(w, archive, path, !r->thin, e);
}

static int take_members(struct member_walk *w, const char *path,
			const char *data, size_t len, struct err *e)
{
	struct archive_reader reader;
	struct archive_member m;
	int more, r = 0;

	if (!archive_start(&reader, data, len))
		return builder_skip(w->b, path, "is no archive", e);
	while (!r && (more = archive_next(&reader, &m)) > 0)
		r = take_member(w, path, &reader, &m, e);
	if (!r && more < 0)
		r = builder_skip(w->b, path, reader.problem, e);
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
		return builder_nomem(e);
	if (!added)
		return 0;
	if (w->depth == DEPTH_MAX)
		return builder_skip(w->b, path, "archives are nested too deep",
				    e);
	if (beneath_read(w->b->fd, path, w->room, &data, &len)) {
		snprintf(reason, sizeof(reason), "cannot be read: %s",
			 errno == EFBIG ? "too large for a list of objects"
					: strerror(errno));
		return builder_skip(w->b, path, reason, e);
	}
	w->room -= len;
	w->depth++;
	r = take_members(w, path, data, len, e);
	w->depth--;
	w->room += len;
	free(data);
	return r;
}

int members_add(struct builder *b, const char *archive, enum object_role role,
		bool lib_member, struct err *e)
{
	struct member_walk w = {
		.b = b, .role = role, .lib_member = lib_member, .room = LIST_MAX
	};
	int r = read_archive(&w, archive, e);

	if (!r && w.absent)
		r = builder_remark(b, e,
				   "%llu members of '%.200s' are only "
				   "inside of it: they could not be measured",
				   (unsigned long long)w.absent, w.absent_in);
	strmap_release(&w.seen);
	return r;
}
