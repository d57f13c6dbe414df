/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trace/dat/spawn.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "trace/dat/child.h"

#define KALLSYMS_MAX ((off_t)256 * 1024 * 1024) /* bytes */

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

/* What runs in the child. */
struct dat_job {
	int trace;
	int kallsyms; /* -1: not wanted */
};

static int child_main(int out, void *arg)
{
	const struct dat_job *job = arg;

	dat_child(job->trace, out, job->kallsyms);
}

/*
 * A damaged file must not make the library run or grow for ever.  Reading
 * takes about 0.1 s a megabyte of file, and little memory.
 */
static struct child_limits limits_of(int fd)
{
	uint64_t mb = data_bytes(fd) >> 20;
	uint64_t seconds = 20 + 2 * mb;

	return (struct child_limits){
		.seconds = seconds < UINT_MAX ? (unsigned int)seconds
					      : UINT_MAX,
		.memory_bytes = (2048 + 8 * mb) << 20,
		.file_bytes = (uint64_t)KALLSYMS_MAX,
	};
}

/* The same file by a number above 2, which a child does not lose. */
static int high_number(int fd)
{
	return fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

static int file_in_memory(void)
{
	int low = memfd_create("kallsyms", MFD_CLOEXEC), fd = high_number(low);

	if (low >= 0)
		close(low);
	return fd;
}

int dat_process_start(struct dat_process *p, int fd, bool want_kallsyms,
		      struct err *e)
{
	struct child_limits limits = limits_of(fd);
	struct dat_job job = {
		.trace = high_number(fd),
		.kallsyms = want_kallsyms ? file_in_memory() : -1,
	};
	int keep[] = { job.trace, job.kallsyms };
	int r;

	*p = (struct dat_process){ CHILD_INIT, .kallsyms = job.kallsyms };
	if (job.trace < 0)
		r = err_set_errno(e, ERR_IO, "cannot start a process");
	else
		r = child_start(&p->child, &limits, keep,
				job.kallsyms < 0 ? 1 : 2, child_main, &job, e);
	if (job.trace >= 0)
		close(job.trace);
	if (r)
		dat_process_end(p);
	return r;
}

void dat_process_why(struct dat_process *p, char *buf, size_t size)
{
	snprintf(buf, size, "broke off");
	/* The pipe ended with it, or it wrote what it should not have. */
	child_give_up(&p->child, buf, size);
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
	char ignored[128];

	child_end(&p->child, true, ignored, sizeof(ignored));
	if (p->kallsyms >= 0)
		close(p->kallsyms);
	p->kallsyms = -1;
}
