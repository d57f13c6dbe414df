/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The child that asks libdw, and the pipe that its answers come through:
 * a struct head, then for each query its number of frames, and of each
 * frame a struct wire and the texts.  The parent trusts nothing of it.
 */
#include "symbols/lines_batch.h"
#include "symbols/lines.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/child.h"
#include "symbols/lines_file.h"

#define SECONDS_MAX 60
#define REPLY_MAX ((size_t)256 * 1024 * 1024)
#define TEXT_MAX 4096 /* of a function's or a file's name */

struct head {
	uint32_t code; /* enum err_code */
	uint32_t debug;
	char text[1024]; /* of the error */
};

/* Lengths count one more; 0: NULL. */
struct wire {
	uint32_t line, function, file;
};

/* Some files make a reader run or grow for ever.  A whole image is mapped,
 * and a sixteenth of the limit is what real ones take. */
static struct child_limits limits_for(int fd)
{
	struct stat st;
	uint64_t mb = 0;

	if (fstat(fd, &st) == 0)
		mb = (uint64_t)st.st_size >> 20;
	return (struct child_limits){ .seconds = SECONDS_MAX,
				      .memory_bytes = (2048 + 16 * mb) << 20 };
}

static uint32_t text_size(const char *s)
{
	return s ? (uint32_t)strnlen(s, TEXT_MAX) + 1 : 0;
}

static void send_frame(FILE *out, const struct line_frame *f)
{
	struct wire w = { f->line, text_size(f->function), text_size(f->file) };

	fwrite(&w, sizeof(w), 1, out);
	if (w.function)
		fwrite(f->function, 1, w.function - 1, out);
	if (w.file)
		fwrite(f->file, 1, w.file - 1, out);
}

static void answer(struct lines *l, const struct line_query *queries, size_t n,
		   FILE *out)
{
	struct line_frame frames[LINE_FRAMES_MAX];

	for (size_t i = 0; i < n; i++) {
		size_t count = 0;
		struct err e;
		uint32_t send;

		if (lines_find(l, queries[i].section, queries[i].address,
			       frames, &count, &e))
			count = 0;
		send = (uint32_t)count;
		fwrite(&send, sizeof(send), 1, out);
		for (size_t k = 0; k < count; k++)
			send_frame(out, &frames[k]);
	}
}

/* What the child is asked. */
struct job {
	int fd;
	const char *name;
	const struct line_query *queries;
	size_t n;
};

static int child_main(int pipe_fd, void *arg)
{
	const struct job *job = arg;
	struct head h = { 0 };
	struct lines *l = NULL;
	bool debug = false;
	struct err e = { 0 };
	FILE *out = fdopen(pipe_fd, "w");

	if (!out)
		return 1;
	if (lines_open(job->fd, job->name, &l, &debug, &e)) {
		h.code = e.code;
		memcpy(h.text, e.text, sizeof(h.text));
	}
	h.debug = debug;
	fwrite(&h, sizeof(h), 1, out);
	if (debug)
		answer(l, job->queries, job->n, out);
	return fflush(out) != 0;
}

struct reply {
	char *data;
	size_t len;
	bool ended;   /* well */
	char how[64]; /* where it did not */
};

struct cursor {
	const char *p, *end;
};

static bool take(struct cursor *c, void *to, size_t size)
{
	if ((size_t)(c->end - c->p) < size)
		return false;
	memcpy(to, c->p, size);
	c->p += size;
	return true;
}

static bool take_text(struct cursor *c, struct arena *arena, uint32_t size,
		      const char **ret)
{
	*ret = NULL;
	if (!size)
		return true;
	if (size - 1 > TEXT_MAX || (size_t)(c->end - c->p) < size - 1)
		return false;
	*ret = arena_strndup(arena, c->p, size - 1);
	c->p += size - 1;
	return *ret != NULL;
}

/* false: the reply ends too early or is not of the child's making. */
static bool take_answer(struct cursor *c, struct arena *arena,
			struct line_answer *a)
{
	uint32_t count;

	if (!take(c, &count, sizeof(count)) || count > LINE_FRAMES_MAX)
		return false;
	a->frames = arena_calloc(arena, count + 1, sizeof(*a->frames));
	if (!a->frames)
		return false;
	for (; a->nframes < count; a->nframes++) {
		struct line_frame *f = &a->frames[a->nframes];
		struct wire w;

		if (!take(c, &w, sizeof(w)) ||
		    !take_text(c, arena, w.function, &f->function) ||
		    !take_text(c, arena, w.file, &f->file))
			return false;
		f->line = w.line;
	}
	return true;
}

static int explain(const char *how, const char *name, struct err *e)
{
	return err_set(
		e, ERR_FORMAT,
		"libdw %s on '%s', which may be damaged: its lines stay unknown",
		how, name);
}

static int read_answers(const struct reply *r, const char *name, size_t n,
			struct arena *arena, struct line_answer *ret_answers,
			bool *ret_debug, struct err *e)
{
	struct cursor c = { r->data, r->data + r->len };
	struct line_answer *found;
	struct head h;

	if (!r->data || !r->ended || !take(&c, &h, sizeof(h)))
		return explain(r->how, name, e);
	h.text[sizeof(h.text) - 1] = '\0';
	if (h.code)
		return err_set(e, h.code <= ERR_CHECK ? h.code : ERR_FORMAT,
			       "%s", h.text);
	found = calloc(n + 1, sizeof(*found));
	if (!found)
		return err_nomem(e);
	for (size_t i = 0; h.debug && i < n; i++) {
		if (take_answer(&c, arena, &found[i]))
			continue;
		free(found);
		return explain(r->how, name, e);
	}
	memcpy(ret_answers, found, n * sizeof(*found));
	free(found);
	*ret_debug = h.debug;
	return 0;
}

static int ask(struct job *job, struct reply *ret, struct err *e)
{
	struct child_limits limits = limits_for(job->fd);
	bool late = true;
	struct child c;
	int r = child_start(&c, &limits, &job->fd, 1, child_main, job, e);

	if (r < 0)
		return r;
	snprintf(ret->how, sizeof(ret->how), "broke off");
	r = child_read(&c, SECONDS_MAX, REPLY_MAX, &ret->data, &ret->len, &late,
		       e);
	ret->ended = !child_end(&c, late, ret->how, sizeof(ret->how));
	return r;
}

int lines_batch(int fd, const char *name, const struct line_query *queries,
		size_t n, struct arena *arena, struct line_answer *ret_answers,
		bool *ret_debug, struct err *e)
{
	struct reply reply = { .data = NULL };
	/* In the child 0, 1 and 2 are something else. */
	struct job job = { fcntl(fd, F_DUPFD_CLOEXEC, 3), name, queries, n };
	int rc;

	if (job.fd < 0)
		return err_set_errno(e, ERR_IO, "cannot read '%s'", name);
	rc = ask(&job, &reply, e);
	close(job.fd);
	if (rc == 0)
		rc = read_answers(&reply, name, n, arena, ret_answers,
				  ret_debug, e);
	free(reply.data);
	return rc;
}
