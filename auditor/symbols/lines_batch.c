/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The child that asks libdw, and the pipe that its answers come through:
 * a struct head, then for each query its number of frames, and of each
 * frame a struct wire and the texts.  The parent trusts nothing of it.
 */
#include "symbols/lines_batch.h"
#include "symbols/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/progress.h"
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
static void set_limits(int fd)
{
	struct stat st;
	rlim_t mb = 0, most = SECONDS_MAX;

	if (fstat(fd, &st) == 0)
		mb = (rlim_t)st.st_size >> 20;
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 0, 0 });
	setrlimit(RLIMIT_CPU, &(struct rlimit){ most, most });
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	/* Sanitizers reserve terabytes. */
	most = (2048 + 16 * mb) << 20;
	setrlimit(RLIMIT_AS, &(struct rlimit){ most, most });
#else
	(void)mb;
#endif
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

_Noreturn static void child_main(int fd, const char *name, int pipe_fd,
				 const struct line_query *queries, size_t n,
				 pid_t parent)
{
	struct head h = { 0 };
	struct lines *l = NULL;
	bool debug = false;
	struct err e = { 0 };
	FILE *out;
	int null;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	for (int s = 1; s < NSIG; s++)
		signal(s, SIG_DFL);
	/* Whatever the library might print. */
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	for (int i = 0; i < 3; i++)
		if (i != fd && i != pipe_fd && null >= 0)
			dup2(null, i);
	set_limits(fd);
	out = fdopen(pipe_fd, "w");
	if (!out)
		_exit(1);
	if (lines_open(fd, name, &l, &debug, &e)) {
		h.code = e.code;
		memcpy(h.text, e.text, sizeof(h.text));
	}
	h.debug = debug;
	fwrite(&h, sizeof(h), 1, out);
	if (debug)
		answer(l, queries, n, out);
	_exit(fflush(out) != 0);
}

struct reply {
	char *data;
	size_t len, capacity;
	bool late;
};

/* All that the child writes until it ends. */
static int read_reply(int fd, struct reply *r, const char *name, struct err *e)
{
	int64_t until = clock_monotonic_ns() +
			SECONDS_MAX * INT64_C(1000000000);

	while (r->len < REPLY_MAX) {
		int64_t left = until - clock_monotonic_ns();
		struct pollfd p = { .fd = fd, .events = POLLIN };
		ssize_t got;

		r->late = left <= 0;
		if (r->late)
			return 0;
		if (poll(&p, 1, (int)(left / 1000000) + 1) <= 0)
			continue;
		if (r->capacity - r->len < 65536) {
			size_t want = r->capacity ? r->capacity * 2 : 1 << 18;
			char *more = realloc(r->data, want);

			if (!more)
				return err_nomem(e);
			r->data = more;
			r->capacity = want;
		}
		got = read(fd, r->data + r->len, r->capacity - r->len);
		if (got == 0)
			return 0;
		if (got > 0)
			r->len += (size_t)got;
		else if (errno != EINTR)
			return err_set_errno(e, ERR_IO, "cannot read of '%s'",
					     name);
	}
	return 0;
}

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

/* How the child ended, where it did not end well. */
static int explain(int status, bool late, const char *name, struct err *e)
{
	int by = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

	if (late || by == SIGXCPU || by == SIGKILL)
		return err_set(
			e, ERR_FORMAT,
			"libdw did not come to an end with '%s' in %d s: its lines stay unknown",
			name, SECONDS_MAX);
	if (by)
		return err_set(
			e, ERR_FORMAT,
			"libdw crashed (%s) on '%s', which may be damaged: its lines stay unknown",
			strsignal(by), name);
	return err_set(e, ERR_FORMAT,
		       "libdw broke off on '%s': its lines stay unknown", name);
}

static int read_answers(const struct reply *r, int status, const char *name,
			size_t n, struct arena *arena,
			struct line_answer *ret_answers, bool *ret_debug,
			struct err *e)
{
	struct cursor c = { r->data, r->data + r->len };
	struct line_answer *found;
	struct head h;

	if (!r->data || !take(&c, &h, sizeof(h)) || status || r->late)
		return explain(status, r->late, name, e);
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
		return explain(0, false, name, e);
	}
	memcpy(ret_answers, found, n * sizeof(*found));
	free(found);
	*ret_debug = h.debug;
	return 0;
}

int lines_batch(int fd, const char *name, const struct line_query *queries,
		size_t n, struct arena *arena, struct line_answer *ret_answers,
		bool *ret_debug, struct err *e)
{
	struct reply reply = { .data = NULL };
	pid_t parent = getpid(), pid;
	int ends[2], status = 0, rc;

	if (pipe2(ends, O_CLOEXEC))
		return err_set_errno(e, ERR_IO, "cannot make a pipe");
	pid = fork();
	if (pid == 0)
		child_main(fd, name, ends[1], queries, n, parent);
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		return err_set_errno(e, ERR_IO, "cannot start a process");
	}
	rc = read_reply(ends[0], &reply, name, e);
	close(ends[0]);
	/* It has ended, or it should. */
	if (rc || reply.late || reply.len >= REPLY_MAX)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (rc == 0)
		rc = read_answers(&reply, status, name, n, arena, ret_answers,
				  ret_debug, e);
	free(reply.data);
	return rc;
}
