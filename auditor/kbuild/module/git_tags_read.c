/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/module/git_tags_read.h"

#include <stdio.h>

#include <git2.h>

#include "kbuild/git_wire.h"

struct answer {
	git_repository *repo;
	FILE *to;
};

/* A tag of something else than a commit (a key, a tree) is none of ours. */
static int put_tag(const char *name, git_oid *id, void *ctx)
{
	const struct answer *a = ctx;
	char hex[GIT_OID_HEXSZ + 1];
	git_object *tag, *commit;

	(void)name;
	if (git_object_lookup(&tag, a->repo, id, GIT_OBJECT_ANY) != 0)
		return 0; /* a shallow clone lacks it */
	if (git_object_peel(&commit, tag, GIT_OBJECT_COMMIT) == 0) {
		git_oid_tostr(hex, sizeof(hex), git_object_id(commit));
		fwrite(hex, 1, GIT_OID_HEXSZ, a->to);
		git_object_free(commit);
	}
	git_object_free(tag);
	return 0;
}

static int refuse(const struct answer *a)
{
	const git_error *g = git_error_last();

	fprintf(a->to, "%c%.200s", GIT_TAGS_REFUSED,
		g && g->message ? g->message : "libgit2 gave up");
	return fflush(a->to) != 0;
}

int git_tags_answer(const char *source, int out)
{
	struct answer a = { .to = fdopen(out, "w") };

	if (!a.to)
		return 1;
	/* Packs are gigabytes, and address space is limited. */
	if (git_libgit2_init() < 0 ||
	    git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)32 << 20) ||
	    git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT,
			     (size_t)256 << 20) ||
	    git_repository_open_ext(&a.repo, source, 0, NULL) != 0)
		return refuse(&a);
	return git_tag_foreach(a.repo, put_tag, &a) != 0 ||
	       fputc(GIT_TAGS_END, a.to) == EOF || fflush(a.to) != 0;
}
