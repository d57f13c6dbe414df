/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/linkcmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kbuild/modfile.h"
#include "kbuild/path.h"
#include "support/safe_open.h"

void linkcmd_read(struct builder *b, const char *cmd_path, bool all,
		  struct linkcmd *ret)
{
	size_t len;
	int r;

	*ret = (struct linkcmd){ 0 };
	if (all)
		r = builder_read_list(b, cmd_path, LIST_MAX, &ret->data, &len);
	else
		r = safe_read_start(b->fd, cmd_path, SAVEDCMD_START_MAX,
				    &ret->data, &len);
	if (r || !savedcmd_find(ret->data, len, &ret->command, &ret->len))
		linkcmd_release(ret);
}

void linkcmd_of(struct builder *b, const char *path, bool all,
		struct linkcmd *ret)
{
	char cmd_path[PATH_ROOM];
	int dir_len = (int)(path_base(path) - path);
	int n = snprintf(cmd_path, sizeof(cmd_path), "%.*s.%s.cmd", dir_len,
			 path, path_base(path));

	*ret = (struct linkcmd){ 0 };
	if (n > 0 && n < PATH_ROOM)
		linkcmd_read(b, cmd_path, all, ret);
}

void linkcmd_release(struct linkcmd *c)
{
	free(c->data);
	*c = (struct linkcmd){ 0 };
}

static bool ends_option(char c)
{
	return strchr(" \t\n\"',", c) != NULL;
}

bool linkcmd_has_option(const struct linkcmd *c, const char *option)
{
	size_t len = strlen(option);
	const char *end = c->data ? c->command + c->len : NULL;
	const char *at = c->command;

	while (end && (at = memmem(at, (size_t)(end - at), option, len))) {
		if ((at == c->command || ends_option(at[-1])) &&
		    (at + len == end || ends_option(at[len])))
			return true;
		at += len;
	}
	return false;
}

/* Kbuild gives one; the same large list a million times would be a trap. */
#define LISTS_MAX 16

struct input_walk {
	struct builder *b;
	const char *target;
	linkcmd_fn *fn;
	void *arg;
	struct err *e;
	unsigned int nlists;
};

static int resolve(const struct input_walk *w, const struct savedcmd_input *in,
		   char path[PATH_ROOM], bool *ret_ok)
{
	enum path_result pr = path_resolve(w->b->where, "", 0, in->name,
					   in->len, path);
	char reason[600];

	*ret_ok = pr == PATH_OK;
	if (*ret_ok)
		return 0;
	snprintf(reason, sizeof(reason), "input '%.*s' %s",
		 (int)(in->len < 400 ? in->len : 400), in->name,
		 path_result_text(pr));
	return builder_skip(w->b, w->target, reason, w->e);
}

static int take_file(struct input_walk *w, const struct savedcmd_input *in)
{
	char path[PATH_ROOM];
	bool ok;
	int r = resolve(w, in, path, &ok);

	if (r || !ok || strcmp(path, w->target) == 0)
		return r;
	return w->fn(w->arg, path, in, w->e);
}

static int take_list(struct input_walk *w, const struct savedcmd_input *list)
{
	struct mod_reader words;
	char path[PATH_ROOM];
	char *data = NULL;
	size_t len;
	bool ok;
	int r;

	if (w->nlists++ == LISTS_MAX)
		return builder_skip(w->b, w->target, "names too many lists",
				    w->e);
	if (w->nlists > LISTS_MAX)
		return 0;
	r = resolve(w, list, path, &ok);
	/* A list that is gone leaves its target without parts; who needs
	 * them says so. */
	if (r || !ok || builder_read_list(w->b, path, LIST_MAX, &data, &len))
		return r;
	mod_start(&words, data, len);
	while (!r && mod_next(&words)) {
		struct savedcmd_input in = {
			.name = words.word,
			.len = words.len,
			.whole_archive = list->whole_archive
		};

		r = take_file(w, &in);
	}
	free(data);
	return r;
}

static int take_input(void *arg, const struct savedcmd_input *in)
{
	return in->list ? take_list(arg, in) : take_file(arg, in);
}

int linkcmd_inputs(struct builder *b, const struct linkcmd *c,
		   const char *target, linkcmd_fn *fn, void *arg, struct err *e)
{
	struct input_walk w = { b, target, fn, arg, e, 0 };

	return c->data ? savedcmd_inputs(c->command, c->len, take_input, &w)
		       : 0;
}
