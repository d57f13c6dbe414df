/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/git_read.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <git2.h>

#include "model/build.h"

struct place {
	git_repository *repo;
	git_commit *head;
	git_tree *tree;
	char prefix[PATH_MAX]; /* of source in the work tree, "" or "a/b/" */
};

static int refuse(struct git_reply *r, const char *what)
{
	const git_error *g = git_error_last();

	r->answer = GIT_REFUSED;
	snprintf(r->why, sizeof(r->why), "%s: %s", what,
		 g && g->message ? g->message : "no reason given");
	return -1;
}

/* Where source is below the work tree's root; false: it is not. */
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
static bool tracks(const struct place *p, const char *name)
{
	char path[PATH_MAX + 16];
	git_tree_entry *entry = NULL;
	bool yes;

	snprintf(path, sizeof(path), "%s%s", p->prefix, name);
	yes = git_tree_entry_bypath(&entry, p->tree, path) == 0;
	git_tree_entry_free(entry);
	return yes;
}

static int find_head(struct place *p, struct git_reply *r)
{
	git_object *head = NULL;

	if (git_revparse_single(&head, p->repo, "HEAD^{commit}") != 0)
		return refuse(r, "no commit at HEAD");
	p->head = (git_commit *)head;
	if (git_commit_tree(&p->tree, p->head) != 0)
		return refuse(r, "cannot read HEAD");
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
static bool is_paired(const struct place *p, const char *path,
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
static bool is_their_own(const struct place *p)
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

static int open_repository(struct place *p, const char *source,
			   struct git_reply *r)
{
	switch (git_repository_open_ext(&p->repo, source, 0, NULL)) {
	case 0:
		break;
	case GIT_ENOTFOUND:
		return -1;
	default:
		return refuse(r, "cannot open the repository");
	}
	if (!find_prefix(p, source))
		return -1;
	if (!is_their_own(p)) {
		r->answer = GIT_REFUSED;
		snprintf(
			r->why, sizeof(r->why),
			"its .git names a repository that does not name it back");
		return -1;
	}
	return 0;
}

static void read_commit(struct place *p, const char *source, bool linked,
			struct git_reply *r)
{
	const char *summary;

	if (open_repository(p, source, r) || find_head(p, r) ||
	    !tracks(p, "Makefile") || (linked && !tracks(p, "Kbuild")))
		return;
	summary = git_commit_summary(p->head);
	git_oid_tostr(r->commit_id, sizeof(r->commit_id),
		      git_commit_id(p->head));
	r->has_subject = summary != NULL;
	snprintf(r->subject, sizeof(r->subject), "%s", summary ? summary : "");
	r->commit_s = git_commit_time(p->head);
	r->answer = GIT_COMMIT;
}

int git_read(const char *source, bool linked, int out)
{
	struct git_reply reply = { .answer = GIT_NO_REPOSITORY };
	struct place p = { 0 };
	char dirty;

	/* Packs are gigabytes, and address space is limited. */
	if (git_libgit2_init() < 0 ||
	    git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)32 << 20) ||
	    git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT,
			     (size_t)256 << 20))
		refuse(&reply, "libgit2 cannot start");
	else
		read_commit(&p, source, linked, &reply);
	if (write(out, &reply, sizeof(reply)) != (ssize_t)sizeof(reply))
		return 1;
	/* The process ends, and all that it holds with it. */
	if (reply.answer != GIT_COMMIT)
		return 0;
	dirty = (char)find_dirty(&p);
	return write(out, &dirty, 1) != 1;
}
