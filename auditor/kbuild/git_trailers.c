/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/git_trailers.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kbuild/git_ask.h"
#include "kbuild/git_room.h"

#define SECONDS 10

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
	struct git_trailers reply = { .found = false };
	struct git_output a;
	int r = git_ask(run, q, SECONDS, sizeof(reply), &a, e);

	if (r < 0)
		return r;
	if (a.len == sizeof(reply)) {
		memcpy(&reply, a.data, sizeof(reply));
		reply.text[sizeof(reply.text) - 1] = '\0';
		reply.note[sizeof(reply.note) - 1] = '\0';
		reply.found = reply.text[0] != '\0';
		clean(reply.text);
		clean(reply.note);
	} else {
		snprintf(reply.note, sizeof(reply.note), "git %s", a.how);
	}
	git_output_release(&a);
	*ret = reply;
	return 0;
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
