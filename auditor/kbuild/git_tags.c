/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/git_tags.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kbuild/git_tags_answer.h"
#include "support/child.h"

#define SECONDS 20
#define MEMORY_MAX ((uint64_t)2 << 30)

static int run(int out, void *arg)
{
	return git_tags_answer(arg, out);
}

static int cannot(const char *source, const char *why, struct err *e)
{
	return err_set(
		e, ERR_IO,
		"the tags of '%s' cannot be read (%s): name a repository that has them with --source DIR",
		source, why);
}

/* The ids one after the other, and a word that says that these are all. */
static int take(const char *source, const char *data, size_t len,
		const char *how, struct git_tags *ret, struct err *e)
{
	struct git_tags t = { .count = len / GIT_TAG_HEX };

	if (len % GIT_TAG_HEX != 1 || data[len - 1] != GIT_TAGS_END)
		return cannot(source, how, e);
	t.commits = calloc(t.count + 1, sizeof(*t.commits));
	if (!t.commits)
		return err_nomem(e);
	for (size_t i = 0; i < t.count; i++)
		memcpy(t.commits[i], data + i * GIT_TAG_HEX, GIT_TAG_HEX);
	*ret = t;
	return 0;
}

int git_tags_read(const char *source, struct git_tags *ret, struct err *e)
{
	const struct child_limits limits = { .seconds = SECONDS,
					     .memory_bytes = MEMORY_MAX };
	struct tags_question q = { .source = source };
	char how[64] = "broke off", *data = NULL;
	struct child c;
	size_t len = 0;
	bool late = true;
	int r = child_start(&c, &limits, NULL, 0, run, &q, e);

	if (r < 0)
		return r;
	r = child_read(&c, SECONDS, GIT_TAGS_BYTES_MAX, &data, &len, &late, e);
	child_end(&c, late, how, sizeof(how));
	if (r == 0)
		r = take(source, data, len,
			 len == 0 ? "there is no git repository" : how, ret, e);
	free(data);
	return r;
}

void git_tags_release(struct git_tags *t)
{
	free(t->commits);
	*t = (struct git_tags){ .commits = NULL };
}
