/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/git_history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kbuild/git_ask.h"
#include "kbuild/git_room.h"

#define SECONDS 5

/* 50,000 commits, most with one parent or two. */
#define REPLY_MAX ((size_t)8 << 20)

static int run(int out, void *arg)
{
	struct git_walk_head head = { .answer = GIT_REFUSED };
	const struct git_room *git;
	struct err e;

	if (git_room_load(&git, &e) == 0)
		return git->walk(arg, out);
	snprintf(head.why, sizeof(head.why), "%.*s", GIT_WHY_MAX - 1, e.text);
	return write(out, &head, sizeof(head)) != (ssize_t)sizeof(head);
}

int git_history_start(const struct git_history_job *job,
		      struct git_history *ret, struct err *e)
{
	const struct child_limits limits = { .seconds = SECONDS,
					     .memory_bytes = GIT_MEMORY_MAX };
	struct git_history_job copy = *job;

	return child_start(&ret->child, &limits, NULL, 0, run, &copy, e);
}

static int64_t word(const char *data, size_t i)
{
	int64_t w;

	memcpy(&w, data + i * sizeof(w), sizeof(w));
	return w;
}

/* As far as whole commits have come. */
static int take_commits(struct commit_graph *g, const char *data, size_t len,
			struct err *e)
{
	size_t n = len / sizeof(int64_t), at = 0;

	while (n - at >= 2) {
		int64_t count = word(data, at + 1);
		enum commit_cut cut = count == GIT_WALK_LACKING ? COMMIT_LACKING
				      : count == GIT_WALK_LEFT	? COMMIT_LEFT
								: COMMIT_KNOWN;

		if (cut != COMMIT_KNOWN)
			count = 0;
		if (count < 0 || count > GIT_WALK_PARENTS_MAX ||
		    (size_t)count > n - at - 2)
			return 0;
		if (commit_graph_add(g, word(data, at), cut))
			return err_nomem(e);
		at += 2;
		for (; count; count--)
			if (commit_graph_add_parent(g, word(data, at++)))
				return err_nomem(e);
	}
	return 0;
}

/* A time past the year 2262 has too many nanoseconds: it is not known. */
static int64_t in_ns(int64_t seconds)
{
	return seconds <= INT64_MAX / 1000000000 &&
			       seconds >= INT64_MIN / 1000000000
		       ? seconds * 1000000000
		       : 0;
}

static int take(const char *data, size_t len, const char *how,
		struct git_history_result *r, struct err *e)
{
	struct git_walk_head head = { .answer = GIT_REFUSED };

	if (len >= sizeof(head))
		memcpy(&head, data, sizeof(head));
	else
		snprintf(head.why, sizeof(head.why), "git in it %s", how);
	head.why[sizeof(head.why) - 1] = '\0';
	head.commit_id[sizeof(head.commit_id) - 1] = '\0';
	head.subject[sizeof(head.subject) - 1] = '\0';
	if (head.answer == GIT_REFUSED)
		snprintf(r->why, sizeof(r->why), "%.*s",
			 (int)sizeof(r->why) - 1, head.why);
	if (head.answer != GIT_COMMIT || !git_is_id(head.commit_id))
		return 0;
	r->found = true;
	memcpy(r->commit_id, head.commit_id, sizeof(r->commit_id));
	r->commit_ns = in_ns(head.commit_s);
	r->author_ns = in_ns(head.author_s);
	r->has_subject = head.has_subject != 0;
	memcpy(r->subject, head.subject, sizeof(r->subject));
	return take_commits(&r->graph, data + sizeof(head), len - sizeof(head),
			    e);
}

int git_history_take(struct git_history *h, struct git_history_result *ret,
		     struct err *e)
{
	struct git_history_result result = { .found = false };
	char how[64] = "broke off", *data = NULL;
	size_t len = 0;
	bool late = true;
	int r = child_read(&h->child, SECONDS, REPLY_MAX, &data, &len, &late,
			   e);
	int odd = child_end(&h->child, late, how, sizeof(how));

	if (late)
		snprintf(how, sizeof(how), "did not answer in %d s", SECONDS);
	if (r == 0)
		r = take(data, len, how, &result, e);
	if (odd && result.found)
		snprintf(result.why, sizeof(result.why), "git in it %s", how);
	free(data);
	if (r < 0)
		commit_graph_release(&result.graph);
	else
		*ret = result;
	return r;
}

int git_history_ask(const struct git_history_job *job,
		    struct git_history_result *ret, struct err *e)
{
	struct git_history h;
	int r = git_history_start(job, &h, e);

	return r < 0 ? r : git_history_take(&h, ret, e);
}

void git_history_end(struct git_history *h)
{
	char how[64];

	if (h->child.pid > 0)
		child_end(&h->child, true, how, sizeof(how));
}
