/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/git_tags.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kbuild/git_ask.h"
#include "kbuild/git_room.h"
#include "kbuild/git_wire.h"

#define SECONDS 20

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
	struct git_output a;
	int r = git_ask(run, &source, SECONDS, GIT_TAGS_BYTES_MAX, &a, e);

	if (r < 0)
		return r;
	r = take(source, a.data, a.len, a.how, ret, e);
	git_output_release(&a);
	return r;
}

void git_tags_release(struct git_tags *t)
{
	free(t->commits);
	*t = (struct git_tags){ .commits = NULL };
}
