/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kbuild/git_ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int git_ask(child_function *run, void *arg, unsigned int seconds, size_t max,
	    struct git_output *ret, struct err *e)
{
	const struct child_limits limits = { .seconds = seconds,
					     .memory_bytes = GIT_MEMORY_MAX };
	struct git_output a = { .how = "broke off" };
	struct child c;
	bool late = true;
	int r = child_start(&c, &limits, NULL, 0, run, arg, e);

	if (r < 0)
		return r;
	r = child_read(&c, seconds, max, &a.data, &a.len, &late, e);
	child_end(&c, late, a.how, sizeof(a.how));
	if (late)
		snprintf(a.how, sizeof(a.how), "did not answer in %u s",
			 seconds);
	if (r < 0)
		git_output_release(&a);
	else
		*ret = a;
	return r;
}

void git_output_release(struct git_output *a)
{
	free(a->data);
	a->data = NULL;
	a->len = 0;
}

bool git_is_id(const char *text)
{
	size_t len = strspn(text, "0123456789abcdef");

	return (len == 40 || len == 64) && !text[len];
}
