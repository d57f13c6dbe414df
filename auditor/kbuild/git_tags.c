/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/git_tags.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kbuild/git_room.h"
#include "kbuild/git_wire.h"
#include "support/child.h"

#define SECONDS 20
#define MEMORY_MAX ((uint64_t)2 << 30)

static int run(int out, void *arg)
{
	const char *source = *(const char *const *)arg;
	const struct git_room *git;
	char text[256];
	struct err e;
	int n;

	if (git_room_load(&git, &e) == 0)
		return git->tags(source, out);
	n = snprintf(text, sizeof(text), "%c%.200s", GIT_TAGS_REFUSED, e.text);
	return write(out, text, (size_t)n) != n;
}

static int cannot(const char *source, const char *why, size_t len,
		  struct err *e)
{
	return err_set(
		e, ERR_IO,
		"the tags of '%s' cannot be read (%.*s): name a repository that has them with --source DIR",
		source, (int)(len < 200 ? len : 200), why);
}

/* The ids one after the other, and a word that says that these are all. */
static int take(const char *source, const char *data, size_t len,
		const char *how, struct git_tags *ret, struct err *e)
{
	struct git_tags t = { .count = len / GIT_TAG_HEX };

	if (len && data[0] == GIT_TAGS_REFUSED)
		return cannot(source, data + 1, len - 1, e);
	if (len % GIT_TAG_HEX != 1 || data[len - 1] != GIT_TAGS_END)
		return cannot(source, how, strlen(how), e);
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
	char how[64] = "broke off", *data = NULL;
	struct child c;
	size_t len = 0;
	bool late = true;
	int r = child_start(&c, &limits, NULL, 0, run, &source, e);

	if (r < 0)
		return r;
	r = child_read(&c, SECONDS, GIT_TAGS_BYTES_MAX, &data, &len, &late, e);
	child_end(&c, late, how, sizeof(how));
	if (r == 0)
		r = take(source, data, len, how, ret, e);
	free(data);
	return r;
}

void git_tags_release(struct git_tags *t)
{
	free(t->commits);
	*t = (struct git_tags){ .commits = NULL };
}
