/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/git_info.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kbuild/git_ask.h"
#include "kbuild/git_room.h"
#include "kbuild/git_wire.h"

/* To compare 90,000 files with the index takes 0.3 s; a FIFO takes for ever. */
#define SECONDS 5

#define SUBJECT_MAX 1000

/* Is there a repository at source or above it?  Asked before libgit2 is:
 * to load and start it takes 9 ms, and a whole second audit about 20. */
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

struct question {
	const char *source;
	bool linked;
};

static int run(int out, void *arg)
{
	struct git_reply reply = { .answer = GIT_REFUSED };
	const struct question *q = arg;
	const struct git_room *git;
	struct err e;

	if (git_room_load(&git, &e) == 0)
		return git->read(q->source, q->linked, out);
	snprintf(reply.why, sizeof(reply.why), "%.*s", GIT_WHY_MAX - 1, e.text);
	return write(out, &reply, sizeof(reply)) != (ssize_t)sizeof(reply);
}

static int refused(const char *source, const char *why, struct err *e)
{
	return err_set(e, ERR_IO, "git in '%s': %s", source, why);
}

static int fill(const struct git_reply *r, struct build_info *b, struct err *e)
{
	b->commit_id = arena_strdup(&b->arena, r->commit_id);
	b->subject = r->has_subject ? arena_strdup(&b->arena, r->subject)
				    : NULL;
	b->commit_ns = r->commit_s * 1000000000;
	/* Said by the author alone: where it is past the year 2262 it is not
	 * known. */
	if (r->author_s <= INT64_MAX / 1000000000 &&
	    r->author_s >= INT64_MIN / 1000000000)
		b->author_ns = r->author_s * 1000000000;
	if (!b->commit_id || (r->has_subject && !b->subject))
		return err_nomem(e);
	return 1;
}

/* The byte after the reply, where it came. */
static int take_dirty(const char *data, size_t len, const char *how,
		      struct build_info *b, struct err *e)
{
	if (len == 1 && (*data == DIRTY_NO || *data == DIRTY_YES ||
			 *data == DIRTY_UNKNOWN)) {
		b->dirty = (enum dirty_state) * data;
		return 0;
	}
	return remarks_add(
		&b->remarks, e,
		"whether the sources differ from the commit is not known: git in it %s",
		how);
}

static int take(char *data, size_t len, const char *source, const char *how,
		struct build_info *b, struct err *e)
{
	struct git_reply reply;
	int r;

	if (len < sizeof(reply))
		return refused(source, how, e);
	memcpy(&reply, data, sizeof(reply));
	reply.commit_id[sizeof(reply.commit_id) - 1] = '\0';
	reply.subject[SUBJECT_MAX] = '\0';
	reply.why[sizeof(reply.why) - 1] = '\0';
	if (reply.answer == GIT_REFUSED)
		return refused(source, reply.why, e);
	if (reply.answer == GIT_NO_REPOSITORY)
		return 0;
	/* A time past the year 2262 has too many nanoseconds. */
	if (reply.answer != GIT_COMMIT || !git_is_id(reply.commit_id) ||
	    reply.commit_s > INT64_MAX / 1000000000 ||
	    reply.commit_s < INT64_MIN / 1000000000)
		return refused(source, "the commit is not readable", e);
	r = take_dirty(data + sizeof(reply), len - sizeof(reply), how, b, e);
	return r < 0 ? r : fill(&reply, b, e);
}

static int ask(const char *source, struct build_info *b, struct err *e)
{
	struct question q = { source, b->source != NULL };
	struct git_output a;
	int r = git_ask(run, &q, SECONDS, sizeof(struct git_reply) + 1, &a, e);

	if (r < 0)
		return r;
	r = take(a.data, a.len, source, a.how, b, e);
	git_output_release(&a);
	return r;
}

int git_info_read(const char *source, struct build_info *b, struct err *e)
{
	return may_have_git(source) ? ask(source, b, e) : 0;
}
