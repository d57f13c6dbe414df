/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/module/git_trailers_read.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <git2.h>

/* A branch has a few; whoever compares two releases has 15,000. */
#define COMMITS_MAX 20000
#define REASON_MAX 300

/* The process ends after it: nothing is freed. */
struct reading {
	const struct trailers_question *q;
	git_repository *repo;
	git_revwalk *walk;
	struct git_trailers reply;
	size_t used; /* of reply.text */
};

static void note(struct reading *r, const char *words)
{
	const git_error *g = git_error_last();

	snprintf(r->reply.note, sizeof(r->reply.note), "%s%s%.150s", words,
		 g ? ": " : "", g && g->message ? g->message : "");
}

static void add(struct reading *r, const char *commit, const char *reason)
{
	size_t room = sizeof(r->reply.text) - r->used;
	int n = snprintf(r->reply.text + r->used, room, "%s%.12s%s%.*s",
			 r->used ? "; " : "", commit, *commit ? ": " : "",
			 REASON_MAX, reason);

	r->reply.found = true;
	if (n > 0)
		r->used += (size_t)n < room ? (size_t)n : room - 1;
}

static void read_message(struct reading *r, const char *commit,
			 const char *message)
{
	git_message_trailer_array list = { 0 };

	if (git_message_trailers(&list, message) != 0)
		return;
	for (size_t i = 0; i < list.count; i++) {
		const char *value = list.trailers[i].value;

		value += strspn(value, " \t\r\n");
		if (strcasecmp(list.trailers[i].key, r->q->key) == 0 && *value)
			add(r, commit, value);
	}
	git_message_trailer_array_free(&list);
}

static bool read_commit(struct reading *r, const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1];
	git_commit *c;

	if (git_commit_lookup(&c, r->repo, id) != 0)
		return false;
	git_oid_tostr(hex, sizeof(hex), id);
	read_message(r, hex, git_commit_message(c));
	git_commit_free(c);
	return true;
}

static bool find(struct reading *r, const char *hex, git_oid *ret)
{
	char spec[80];
	git_object *o;

	snprintf(spec, sizeof(spec), "%.64s^{commit}", hex);
	if (git_revparse_single(&o, r->repo, spec) != 0)
		return false;
	git_oid_cpy(ret, git_object_id(o));
	git_object_free(o);
	return true;
}

/* Where no base is known: what a merge brings in is what its first parent has
 * not.  false: the commit is all. */
static bool first_parent(struct reading *r, const git_oid *id, git_oid *ret)
{
	git_commit *c;
	bool merge = false;

	if (git_commit_lookup(&c, r->repo, id) == 0) {
		merge = git_commit_parentcount(c) > 1;
		if (merge)
			git_oid_cpy(ret, git_commit_parent_id(c, 0));
		git_commit_free(c);
	}
	return merge;
}

/* A shallow clone ends in the middle: what is there is read. */
static void walk(struct reading *r, const git_oid *from, const git_oid *hide)
{
	size_t n = 0;
	git_oid id;
	int rc;

	if (git_revwalk_new(&r->walk, r->repo) != 0 ||
	    git_revwalk_push(r->walk, from) != 0 ||
	    git_revwalk_hide(r->walk, hide) != 0) {
		note(r, "its history cannot be followed");
		read_commit(r, from);
		return;
	}
	while ((rc = git_revwalk_next(&id, r->walk)) == 0 && n < COMMITS_MAX) {
		read_commit(r, &id);
		n++;
	}
	if (rc != GIT_ITEROVER && rc != 0) {
		note(r, "its history ends before the base does");
		if (!n)
			read_commit(r, from);
	}
}

static void read_history(struct reading *r)
{
	git_oid from, hide;

	if (git_repository_open_ext(&r->repo, r->q->source, 0, NULL) != 0) {
		note(r, "the sources have no git repository");
		return;
	}
	if (!find(r, r->q->commit, &from)) {
		note(r, "the repository does not have the commit");
		return;
	}
	if ((r->q->base && find(r, r->q->base, &hide)) ||
	    first_parent(r, &from, &hide))
		walk(r, &from, &hide);
	else
		read_commit(r, &from);
}

int git_trailers_answer(const struct trailers_question *q, int out)
{
	struct reading r = { .q = q };

	/* Packs are gigabytes, and address space is limited. */
	if (git_libgit2_init() < 0 ||
	    git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)32 << 20) ||
	    git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT,
			     (size_t)256 << 20))
		note(&r, "libgit2 cannot start");
	else if (q->commit)
		read_history(&r);
	else
		read_message(&r, "", q->message);
	return write(out, &r.reply, sizeof(r.reply)) !=
	       (ssize_t)sizeof(r.reply);
}
