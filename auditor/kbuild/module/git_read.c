/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/module/git_read.h"

#include <stdio.h>
#include <unistd.h>

#include "kbuild/git_wire.h"
#include "kbuild/module/git_place.h"
#include "model/build.h"

static enum dirty_state find_dirty(struct git_place *p)
{
	git_diff_options options;
	enum dirty_state dirty = DIRTY_UNKNOWN;
	char *spec = p->prefix;
	git_diff *diff = NULL;

	if (git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION) != 0)
		return DIRTY_UNKNOWN;
	/* Tracked files only: a build leaves thousands of others. */
	options.flags = GIT_DIFF_SKIP_BINARY_CHECK |
			GIT_DIFF_DISABLE_PATHSPEC_MATCH;
	options.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL;
	if (*spec) {
		options.pathspec.strings = &spec;
		options.pathspec.count = 1;
	}
	if (git_diff_tree_to_workdir_with_index(&diff, p->repo, p->tree,
						&options) == 0)
		dirty = git_diff_num_deltas(diff) ? DIRTY_YES : DIRTY_NO;
	git_diff_free(diff);
	return dirty;
}

static void read_commit(struct git_place *p, struct git_reply *r)
{
	const char *summary = git_commit_summary(p->head);
	const git_signature *author = git_commit_author(p->head);

	git_oid_tostr(r->commit_id, sizeof(r->commit_id),
		      git_commit_id(p->head));
	r->has_subject = summary != NULL;
	snprintf(r->subject, sizeof(r->subject), "%s", summary ? summary : "");
	r->commit_s = git_commit_time(p->head);
	r->author_s = author ? author->when.time : 0;
}

int git_read(const char *source, bool linked, int out)
{
	struct git_reply reply = { .has_subject = 0 };
	struct git_place p = { 0 };
	char dirty;

	reply.answer = (int32_t)git_place_open(&p, source, linked);
	if (reply.answer == GIT_COMMIT)
		read_commit(&p, &reply);
	else
		snprintf(reply.why, sizeof(reply.why), "%s", p.why);
	if (write(out, &reply, sizeof(reply)) != (ssize_t)sizeof(reply))
		return 1;
	/* The process ends, and all that it holds with it. */
	if (reply.answer != GIT_COMMIT)
		return 0;
	dirty = (char)find_dirty(&p);
	return write(out, &dirty, 1) != 1;
}
