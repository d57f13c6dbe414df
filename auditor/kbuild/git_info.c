/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/git_info.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <git2.h>

struct place {
	git_repository *repo;
	git_commit *head;
	git_tree *tree;
	char prefix[PATH_MAX]; /* of source in the work tree, "" or "a/b/" */
};

static int git_fail(struct err *e, const char *source, const char *what)
{
	const git_error *g = git_error_last();

	return err_set(e, ERR_IO, "git in '%s': %s: %s", source, what,
		       g && g->message ? g->message : "no reason given");
}

static void place_release(struct place *p)
{
	git_tree_free(p->tree);
	git_commit_free(p->head);
	git_repository_free(p->repo);
}

/* Where source stands below the work tree's root; false: it does not. */
static bool find_prefix(struct place *p, const char *source)
{
	const char *workdir = git_repository_workdir(p->repo);
	char *root = workdir ? realpath(workdir, NULL) : NULL;
	size_t len = root ? strlen(root) : 0;
	bool below = false;

	if (root && strncmp(source, root, len) == 0 &&
	    (!source[len] || source[len] == '/')) {
		const char *rest = source[len] ? source + len + 1 : "";
		int n = snprintf(p->prefix, sizeof(p->prefix), "%s%s", rest,
				 *rest ? "/" : "");

		below = n >= 0 && (size_t)n < sizeof(p->prefix);
	}
	free(root);
	return below;
}

/* A repository that happens to lie above a built tree says nothing of it:
 * only one that tracks the kernel's Makefile counts. */
static bool tracks_makefile(const struct place *p)
{
	char path[PATH_MAX + 16];
	git_tree_entry *entry = NULL;
	bool yes;

	snprintf(path, sizeof(path), "%sMakefile", p->prefix);
	yes = git_tree_entry_bypath(&entry, p->tree, path) == 0;
	git_tree_entry_free(entry);
	return yes;
}

static int find_head(struct place *p, const char *source, struct err *e)
{
	git_object *head = NULL;

	if (git_revparse_single(&head, p->repo, "HEAD^{commit}") != 0)
		return git_fail(e, source, "no commit at HEAD");
	p->head = (git_commit *)head;
	if (git_commit_tree(&p->tree, p->head) != 0)
		return git_fail(e, source, "cannot read HEAD");
	return 0;
}

static enum dirty_state find_dirty(struct place *p)
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

static int fill(const struct place *p, struct build_info *b, struct err *e)
{
	char hex[GIT_OID_HEXSZ + 1];
	const char *summary = git_commit_summary((git_commit *)p->head);

	git_oid_tostr(hex, sizeof(hex), git_commit_id(p->head));
	b->commit_id = arena_strdup(&b->arena, hex);
	b->subject = summary ? arena_strdup(&b->arena, summary) : NULL;
	b->commit_ns = (int64_t)git_commit_time(p->head) * 1000000000;
	if (!b->commit_id || (summary && !b->subject))
		return err_nomem(e);
	return 1;
}

static int read_repository(struct place *p, const char *source,
			   struct build_info *b, struct err *e)
{
	int r;

	switch (git_repository_open_ext(&p->repo, source, 0, NULL)) {
	case 0:
		break;
	case GIT_ENOTFOUND:
		return 0;
	default:
		return git_fail(e, source, "cannot open the repository");
	}
	if (!find_prefix(p, source))
		return 0;
	r = find_head(p, source, e);
	if (r < 0)
		return r;
	if (!tracks_makefile(p))
		return 0;
	b->dirty = find_dirty(p);
	return fill(p, b, e);
}

/* Is there a repository at source or above it?  Asked before libgit2 is:
 * its start sets up TLS, 9 ms, and a whole second audit takes about 20. */
static bool may_have_git(const char *source)
{
	char path[PATH_MAX + 8];
	size_t len = strlen(source);

	if (len >= PATH_MAX)
		return true;
	for (;;) {
		snprintf(path, sizeof(path), "%.*s/.git", (int)len, source);
		if (access(path, F_OK) == 0)
			return true;
		if (len == 0)
			return false;
		while (len > 0 && source[--len] != '/')
			;
	}
}

int git_info_read(const char *source, struct build_info *b, struct err *e)
{
	struct place p = { 0 };
	int r;

	if (!may_have_git(source))
		return 0;
	if (git_libgit2_init() < 0)
		return git_fail(e, source, "libgit2 cannot start");
	r = read_repository(&p, source, b, e);
	place_release(&p);
	git_libgit2_shutdown();
	return r;
}
