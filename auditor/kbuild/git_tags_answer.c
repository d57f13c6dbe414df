/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/git_tags_answer.h"

#include <stdio.h>
#include <unistd.h>

#include <git2.h>

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

int git_tags_answer(const struct tags_question *q, int out)
{
	struct answer a = { .to = fdopen(out, "w") };

	/* Packs are gigabytes, and address space is limited. */
	if (!a.to || git_libgit2_init() < 0 ||
	    git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)32 << 20) ||
	    git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT,
			     (size_t)256 << 20) ||
	    git_repository_open_ext(&a.repo, q->source, 0, NULL) != 0)
		return 1;
	return git_tag_foreach(a.repo, put_tag, &a) != 0 ||
	       fputc(GIT_TAGS_END, a.to) == EOF || fflush(a.to) != 0;
}
