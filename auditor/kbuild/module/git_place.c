/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/module/git_place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum git_answer refuse(struct git_place *p, const char *what)
{
	const git_error *g = git_error_last();

	snprintf(p->why, sizeof(p->why), "%s: %s", what,
		 g && g->message ? g->message : "no reason given");
	return GIT_REFUSED;
}

/* Where source is below the work tree's root; false: it is not. */
static bool find_prefix(struct git_place *p, const char *source)
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

/* A repository above a built tree may have nothing to do with it:
 * only one that tracks the kernel's Makefile counts. */
static bool tracks(const struct git_place *p, const char *name)
{
	char path[PATH_MAX + 16];
	git_tree_entry *entry = NULL;
	bool yes;

	snprintf(path, sizeof(path), "%s%s", p->prefix, name);
	yes = git_tree_entry_bypath(&entry, p->tree, path) == 0;
	git_tree_entry_free(entry);
	return yes;
}

static enum git_answer find_head(struct git_place *p)
{
	git_object *head = NULL;

	if (git_revparse_single(&head, p->repo, "HEAD^{commit}") != 0)
		return refuse(p, "no commit at HEAD");
	p->head = (git_commit *)head;
	if (git_commit_tree(&p->tree, p->head) != 0)
		return refuse(p, "cannot read HEAD");
	return GIT_COMMIT;
}

static bool sets_worktree(git_repository *repo)
{
	git_config *config = NULL;
	const char *value;
	bool yes;

	yes = git_repository_config_snapshot(&config, repo) == 0 &&
	      git_config_get_string(&value, config, "core.worktree") == 0;
	git_config_free(config);
	return yes;
}

/* The paths are real ones, of the repository, of what it shares with its
 * worktrees, and of the sources. */
static bool is_paired(const struct git_place *p, const char *path,
		      const char *common, const char *work)
{
	static const char worktrees[] = "/worktrees/", own[] = "/.git";
	size_t len = strlen(common);

	/* libgit2 has taken the sources' place from the worktree's entry. */
	if (git_repository_is_worktree(p->repo))
		return strncmp(path, common, len) == 0 &&
		       strncmp(path + len, worktrees, strlen(worktrees)) == 0;
	if (strcmp(path, common) != 0)
		return false;
	len = strlen(work);
	return (strncmp(path, work, len) == 0 &&
		strcmp(path + len, own) == 0) ||
	       sets_worktree(p->repo); /* of a submodule, say */
}

/*
 * A .git that is a link, a file "gitdir: ..." or has a "commondir" may name
 * any repository of the user's, whose commits are nobody's business.  One
 * that is meant names the sources back.
 */
static bool is_their_own(const struct git_place *p)
{
	const char *workdir = git_repository_workdir(p->repo);
	char *path = realpath(git_repository_path(p->repo), NULL);
	char *common = realpath(git_repository_commondir(p->repo), NULL);
	char *work = workdir ? realpath(workdir, NULL) : NULL;
	bool yes = path && common && work && is_paired(p, path, common, work);

	free(path);
	free(common);
	free(work);
	return yes;
}

static enum git_answer open_repository(struct git_place *p, const char *source)
{
	switch (git_repository_open_ext(&p->repo, source, 0, NULL)) {
	case 0:
		break;
	case GIT_ENOTFOUND:
		return GIT_NO_REPOSITORY;
	default:
		return refuse(p, "cannot open the repository");
	}
	if (!find_prefix(p, source))
		return GIT_NO_REPOSITORY;
	if (is_their_own(p))
		return GIT_COMMIT;
	snprintf(p->why, sizeof(p->why),
		 "its .git names a repository that does not name it back");
	return GIT_REFUSED;
}

enum git_answer git_place_open(struct git_place *p, const char *source,
			       bool linked)
{
	enum git_answer a;

	/* Packs are gigabytes, and address space is limited. */
	if (git_libgit2_init() < 0 ||
	    git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)32 << 20) ||
	    git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT,
			     (size_t)256 << 20))
		return refuse(p, "libgit2 cannot start");
	a = open_repository(p, source);
	if (a == GIT_COMMIT)
		a = find_head(p);
	if (a == GIT_COMMIT &&
	    (!tracks(p, "Makefile") || (linked && !tracks(p, "Kbuild"))))
		a = GIT_NO_REPOSITORY;
	return a;
}
