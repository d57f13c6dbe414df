/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/dat/spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "trace/dat/wire.h"
#include "trace/dat/child.h"

#define KALLSYMS_MAX ((off_t)256 * 1024 * 1024) /* bytes */
#define PIPE_BYTES (1024 * 1024)

/* Runs of data that are counted: no file of a trace has more than one. */
#define DATA_RUNS_MAX 100000

/* Bytes of fd that are no hole: a tail of nothing costs nothing to claim.
 * Not st_blocks, which says little where the file system packs. */
static uint64_t data_bytes(int fd)
{
	uint64_t sum = 0;
	off_t at = 0;

	for (int i = 0; i < DATA_RUNS_MAX; i++) {
		off_t from = lseek(fd, at, SEEK_DATA);

		at = from < 0 ? -1 : lseek(fd, from, SEEK_HOLE);
		if (at < 0)
			break;
		sum += (uint64_t)(at - from);
	}
	lseek(fd, 0, SEEK_SET);
	return sum;
}

/*
 * A damaged file must not make the library run or grow for ever.  Reading
 * takes about 0.1 s a megabyte of file, and little memory.
 */
static void set_limits(int fd)
{
	rlim_t mb = (rlim_t)(data_bytes(fd) >> 20), most;

	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	most = 20 + 2 * mb; /* seconds */
	setrlimit(RLIMIT_CPU, &(struct rlimit){ most, most });
	most = (rlim_t)KALLSYMS_MAX;
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){ most, most });
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	/* Sanitizers reserve terabytes. */
	most = (2048 + 8 * mb) << 20;
	setrlimit(RLIMIT_AS, &(struct rlimit){ most, most });
#endif
}

/* In the child: keep the three files, and nothing else of the parent's. */
_Noreturn static void child_main(int fd, int out, int kallsyms, pid_t parent)
{
	int null = open("/dev/null", O_RDWR);
	bool wanted = kallsyms >= 0;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent || null < 0)
		_exit(1);
	/* Above what dup2 below may overwrite. */
	fd = fcntl(fd, F_DUPFD, 100);
	out = fcntl(out, F_DUPFD, 100);
	kallsyms = fcntl(wanted ? kallsyms : null, F_DUPFD, 100);
	for (int i = 0; i < 3; i++)
		dup2(null, i);
	if (fd < 0 || out < 0 || kallsyms < 0 || dup2(fd, 3) < 0 ||
	    dup2(out, 4) < 0 || dup2(kallsyms, 5) < 0)
		_exit(1);
	close_range(6, ~0U, 0);
	for (int s = 1; s < NSIG; s++)
		signal(s, SIG_DFL);
	set_limits(3);
	dat_child(3, 4, wanted ? 5 : -1);
}

int dat_process_start(struct dat_process *p, int fd, bool want_kallsyms,
		      struct err *e)
{
	pid_t parent = getpid();
	int ends[2];

	if (pipe2(ends, O_CLOEXEC))
		return err_set_errno(e, ERR_IO, "cannot make a pipe");
	/* Room for the child to run ahead; less will do. */
	fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES);
	p->kallsyms = want_kallsyms ? memfd_create("kallsyms", MFD_CLOEXEC)
				    : -1;
	p->pid = fork();
	if (p->pid == 0)
		child_main(fd, ends[1], p->kallsyms, parent);
	close(ends[1]);
	p->pipe = ends[0];
	if (p->pid < 0) {
		err_set_errno(e, ERR_IO, "cannot start a process");
		dat_process_end(p);
		return -(int)e->code;
	}
	return 0;
}

void dat_process_why(struct dat_process *p, char *buf, size_t size)
{
	int status = 0;

	snprintf(buf, size, "broke off");
	if (p->pid <= 0)
		return;
	/* The pipe ended with it, or it wrote what it should not have. */
	kill(p->pid, SIGTERM);
	if (waitpid(p->pid, &status, 0) != p->pid)
		return;
	p->pid = -1;
	if (!WIFSIGNALED(status) || WTERMSIG(status) == SIGTERM)
		return;
	if (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)
		snprintf(buf, size, "did not come to an end");
	else
		snprintf(buf, size, "crashed (%s)",
			 strsignal(WTERMSIG(status)));
}

int dat_process_kallsyms(const struct dat_process *p, char **ret,
			 size_t *ret_len, struct err *e)
{
	struct stat st;
	char *text;
	ssize_t n;

	if (p->kallsyms < 0 || fstat(p->kallsyms, &st) || st.st_size <= 0 ||
	    st.st_size > KALLSYMS_MAX)
		return 0;
	text = malloc((size_t)st.st_size);
	if (!text)
		return err_nomem(e);
	n = pread(p->kallsyms, text, (size_t)st.st_size, 0);
	if (n <= 0) {
		free(text);
		return 0;
	}
	*ret = text;
	*ret_len = (size_t)n;
	return 0;
}

void dat_process_end(struct dat_process *p)
{
	if (p->pid > 0) {
		kill(p->pid, SIGKILL);
		waitpid(p->pid, NULL, 0);
	}
	if (p->pipe >= 0)
		close(p->pipe);
	if (p->kallsyms >= 0)
		close(p->kallsyms);
	*p = (struct dat_process){ .pid = -1, .pipe = -1, .kallsyms = -1 };
}
