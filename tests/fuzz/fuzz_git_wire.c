/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the child processes that ask git write, and a stranger's repository
 * may have made them write: commits, histories, trailers.  What is taken over
 * from it is whole: texts that end, hashes in hex, times that do not overflow.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kbuild/git_history.h"
#include "kbuild/git_info.h"
#include "kbuild/git_trailers.h"
#include "support/child.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the next child says, and how it ends. */
static struct {
	const uint8_t *data;
	size_t size;
	bool late, odd;
} wire;

/* Of libkmemdb.a nothing is taken that is here already. */
int child_start(struct child *c, const struct child_limits *limits,
		const int *keep, size_t nkeep, child_function *run, void *arg,
		struct err *e)
{
	(void)limits;
	(void)keep;
	(void)nkeep;
	(void)run;
	(void)arg;
	(void)e;
	*c = (struct child){ .pid = 1, .pipe = -1 };
	return 0;
}

int child_read(struct child *c, unsigned int seconds, size_t max,
	       char **ret_data, size_t *ret_len, bool *ret_late, struct err *e)
{
	(void)c;
	(void)seconds;
	*ret_len = wire.size < max ? wire.size : max;
	*ret_late = wire.late || wire.size > max;
	*ret_data = NULL;
	if (!*ret_len)
		return 0;
	*ret_data = malloc(*ret_len);
	if (!*ret_data)
		return err_nomem(e);
	memcpy(*ret_data, wire.data, *ret_len);
	return 0;
}

int child_end(struct child *c, bool kill_it, char *buf, size_t size)
{
	(void)kill_it;
	*c = (struct child)CHILD_INIT;
	snprintf(buf, size, "broke off");
	return wire.odd ? 1 : 0;
}

int child_give_up(struct child *c, char *buf, size_t size)
{
	return child_end(c, true, buf, size);
}

/* A folder with a .git in it, or nobody is asked. */
static char place[] = "/tmp/kmemdb-fuzz-XXXXXX";

static void leave(void)
{
	char path[sizeof(place) + 8];

	snprintf(path, sizeof(path), "%s/.git", place);
	rmdir(path);
	rmdir(place);
}

static void go_there(void)
{
	static bool there;
	char path[sizeof(place) + 8];

	if (there)
		return;
	there = true;
	if (!mkdtemp(place))
		abort();
	snprintf(path, sizeof(path), "%s/.git", place);
	if (mkdir(path, 0700) || atexit(leave))
		abort();
}

static void check_hash(const char *id)
{
	size_t len = strspn(id, "0123456789abcdef");

	if ((len != 40 && len != 64) || id[len])
		abort();
}

static void info(void)
{
	struct build_info b;
	struct err e;
	int r;

	go_there();
	memset(&b, 0, sizeof(b));
	r = git_info_read(place, &b, &e);
	if (r == 1)
		check_hash(b.commit_id);
	if (r == 1 && b.subject && strlen(b.subject) > 1000)
		abort();
	if (r < 0 && !memchr(e.text, '\0', sizeof(e.text)))
		abort();
	build_info_release(&b);
}

static void history(void)
{
	struct git_history_job job = { .source = "/" };
	struct git_history_result h;
	struct err e;

	memset(&h, 0, sizeof(h));
	if (git_history_ask(&job, &h, &e))
		abort();
	if (h.found) {
		check_hash(h.commit_id);
		if (!memchr(h.subject, '\0', sizeof(h.subject)))
			abort();
	}
	if (!memchr(h.why, '\0', sizeof(h.why)))
		abort();
	commit_graph_release(&h.graph);
}

static void trailers(void)
{
	struct git_trailers t;
	struct err e;

	memset(&t, 0, sizeof(t));
	git_trailers_read("/", "0123456789012345678901234567890123456789", NULL,
			  "Footprint", &t, &e);
	if (!memchr(t.text, '\0', sizeof(t.text)) ||
	    !memchr(t.note, '\0', sizeof(t.note)))
		abort();
}

/* data: who asks, and how the child ends; then what it said. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return 0;
	wire.data = data + 1;
	wire.size = size - 1;
	wire.late = data[0] & 4;
	wire.odd = data[0] & 8;
	switch (data[0] & 3) {
	case 0:
		info();
		break;
	case 1:
		history();
		break;
	default:
		trailers();
	}
	return 0;
}
