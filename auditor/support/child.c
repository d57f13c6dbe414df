/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/progress.h"

#define PIPE_BYTES (1024 * 1024)
#define KEEP_MAX 8

static void limit(__rlimit_resource_t what, uint64_t most)
{
	setrlimit(what, &(struct rlimit){ most, most });
}

static void set_limits(const struct child_limits *l)
{
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, l->seconds);
	limit(RLIMIT_FSIZE, l->file_bytes);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	/* Sanitizers reserve terabytes. */
	if (l->memory_bytes)
		limit(RLIMIT_AS, l->memory_bytes);
#endif
}

static int compare_ints(const void *a, const void *b)
{
	const int *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Closes all above 2 but those of keep, which is sorted here. */
static void close_others(int *keep, size_t n)
{
	unsigned int from = 3;

	qsort(keep, n, sizeof(*keep), compare_ints);
	for (size_t i = 0; i < n; i++) {
		unsigned int fd = (unsigned int)keep[i];

		if (fd < from)
			continue;
		if (fd > from)
			close_range(from, fd - 1, 0);
		from = fd + 1;
	}
	close_range(from, ~0U, 0);
}

/* 0, 1 and 2 become /dev/null, whatever a library might print; the pipe and
 * what is kept must not be among them. */
static int take_null(void)
{
	int null = open("/dev/null", O_RDWR);

	if (null < 0)
		return -1;
	for (int i = 0; i < 3; i++)
		if (dup2(null, i) < 0)
			return -1;
	return 0;
}

_Noreturn static void run_child(int out, const struct child_limits *limits,
				const int *keep, size_t nkeep,
				child_function *run, void *arg, pid_t parent)
{
	int kept[KEEP_MAX + 1];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent || nkeep > KEEP_MAX || out < 3)
		_exit(1);
	for (int s = 1; s < NSIG; s++)
		signal(s, SIG_DFL);
	for (size_t i = 0; i < nkeep; i++)
		kept[i] = keep[i];
	kept[nkeep] = out;
	if (take_null())
		_exit(1);
	close_others(kept, nkeep + 1);
	set_limits(limits);
	_exit(run(out, arg));
}

/* A pipe whose descriptors are above 2, even if the caller has closed 0. */
static int make_pipe(int ends[2])
{
	if (pipe2(ends, O_CLOEXEC))
		return -1;
	for (int i = 0; i < 2; i++) {
		int high = ends[i] > 2 ? ends[i]
				       : fcntl(ends[i], F_DUPFD_CLOEXEC, 3);

		if (high < 0) {
			close(ends[0]);
			close(ends[1]);
			return -1;
		}
		if (high != ends[i])
			close(ends[i]);
		ends[i] = high;
	}
	/* Room for the child to run ahead; less will do. */
	fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES);
	return 0;
}

int child_start(struct child *c, const struct child_limits *limits,
		const int *keep, size_t nkeep, child_function *run, void *arg,
		struct err *e)
{
	pid_t parent = getpid();
	int ends[2];

	*c = (struct child)CHILD_INIT;
	if (make_pipe(ends))
		return err_set_errno(e, ERR_IO, "cannot make a pipe");
	c->pid = fork();
	if (c->pid == 0)
		run_child(ends[1], limits, keep, nkeep, run, arg, parent);
	close(ends[1]);
	if (c->pid < 0) {
		close(ends[0]);
		return err_set_errno(e, ERR_IO, "cannot start a process");
	}
	c->pipe = ends[0];
	return 0;
}

struct reply {
	char *data;
	size_t len, capacity;
};

static int reply_room(struct reply *r, struct err *e)
{
	size_t want = r->capacity ? r->capacity * 2 : 1 << 18;
	char *more;

	if (r->capacity - r->len >= 65536)
		return 0;
	more = realloc(r->data, want);
	if (!more)
		return err_nomem(e);
	r->data = more;
	r->capacity = want;
	return 0;
}

/* 1: the pipe was closed, 0: go on, negative: an error. */
static int read_some(int fd, struct reply *r, struct err *e)
{
	ssize_t got;
	int rc = reply_room(r, e);

	if (rc)
		return rc;
	got = read(fd, r->data + r->len, r->capacity - r->len);
	if (got < 0 && errno != EINTR)
		return err_set_errno(e, ERR_IO, "cannot read from a pipe");
	if (got > 0)
		r->len += (size_t)got;
	return got == 0;
}

int child_read(struct child *c, unsigned int seconds, size_t max,
	       char **ret_data, size_t *ret_len, bool *ret_late, struct err *e)
{
	int64_t until = clock_monotonic_ns() +
			(int64_t)seconds * INT64_C(1000000000);
	struct reply r = { 0 };
	bool late = false;
	int rc = 0;

	while (rc == 0) {
		int64_t left = until - clock_monotonic_ns();
		struct pollfd p = { .fd = c->pipe, .events = POLLIN };

		late = left <= 0 || r.len > max;
		if (late)
			break;
		if (poll(&p, 1, (int)(left / 1000000) + 1) > 0)
			rc = read_some(c->pipe, &r, e);
	}
	if (rc < 0) {
		free(r.data);
		return rc;
	}
	*ret_data = r.data;
	*ret_len = r.len;
	*ret_late = late;
	return 0;
}

static int in_words(int status, bool killed, char *buf, size_t size)
{
	int by = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

	if (!killed && status == 0)
		return 0;
	if (killed || by == SIGXCPU || by == SIGKILL)
		snprintf(buf, size, "did not come to an end");
	else if (by && by != SIGTERM)
		snprintf(buf, size, "crashed (%s)", strsignal(by));
	else
		snprintf(buf, size, "broke off");
	return 1;
}

int child_end(struct child *c, bool kill_it, char *buf, size_t size)
{
	int status = 0, r = 0;

	if (c->pipe >= 0)
		close(c->pipe);
	if (c->pid > 0) {
		if (kill_it)
			kill(c->pid, SIGKILL);
		while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
			;
		r = in_words(status, kill_it, buf, size);
	}
	*c = (struct child)CHILD_INIT;
	return r;
}

int child_give_up(struct child *c, char *buf, size_t size)
{
	if (c->pid > 0)
		kill(c->pid, SIGTERM);
	return child_end(c, false, buf, size);
}
