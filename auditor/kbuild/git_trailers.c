/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/git_trailers.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kbuild/git_room.h"
#include "support/child.h"

#define SECONDS 10
#define MEMORY_MAX ((uint64_t)2 << 30)

static int run(int out, void *arg)
{
	struct git_trailers reply = { .found = false };
	const struct git_room *git;
	struct err e;

	if (git_room_load(&git, &e) == 0)
		return git->trailers(arg, out);
	snprintf(reply.note, sizeof(reply.note), "%.200s", e.text);
	return write(out, &reply, sizeof(reply)) != (ssize_t)sizeof(reply);
}

/* One line, whatever a message holds. */
static void clean(char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			*text = ' ';
}

static int ask(struct trailers_question *q, struct git_trailers *ret,
	       struct err *e)
{
	const struct child_limits limits = { .seconds = SECONDS,
					     .memory_bytes = MEMORY_MAX };
	struct git_trailers reply = { .found = false };
	char how[64] = "broke off", *data = NULL;
	struct child c;
	size_t len = 0;
	bool late = true;
	int r = child_start(&c, &limits, NULL, 0, run, q, e);

	if (r < 0)
		return r;
	r = child_read(&c, SECONDS, sizeof(reply), &data, &len, &late, e);
	child_end(&c, late, how, sizeof(how));
	if (r == 0 && len == sizeof(reply)) {
		memcpy(&reply, data, sizeof(reply));
		reply.text[sizeof(reply.text) - 1] = '\0';
		reply.note[sizeof(reply.note) - 1] = '\0';
		reply.found = reply.text[0] != '\0';
		clean(reply.text);
		clean(reply.note);
	} else if (r == 0) {
		snprintf(reply.note, sizeof(reply.note), "git %s", how);
	}
	free(data);
	if (r == 0)
		*ret = reply;
	return r;
}

int git_trailers_read(const char *source, const char *commit, const char *base,
		      const char *key, struct git_trailers *ret, struct err *e)
{
	struct trailers_question q = {
		.source = source, .commit = commit, .base = base, .key = key
	};

	return ask(&q, ret, e);
}

int git_trailers_of(const char *message, const char *key,
		    struct git_trailers *ret, struct err *e)
{
	struct trailers_question q = { .message = message, .key = key };

	return ask(&q, ret, e);
}
