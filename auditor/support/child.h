/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A child process that reads what strangers wrote with a library that may
 * crash or hang on it.  It is started with nothing of the parent's but a pipe
 * and the descriptors it is told to keep, is limited in time and memory, and
 * ends when its parent does.
 *
 *	child_start; child_read (or read c.pipe); child_end
 *
 * The parent trusts nothing that comes through the pipe.
 *
 * Errors: ERR_IO where no process or pipe can be had, ERR_NOMEM.
 */
#ifndef SUPPORT_CHILD_H
#define SUPPORT_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "support/err.h"

struct child {
	pid_t pid; /* -1: none */
	int pipe;  /* to read from; -1: none */
};

#define CHILD_INIT                                                             \
	{                                                                      \
		-1, -1                                                         \
	}

struct child_limits {
	unsigned int seconds;  /* of processor time */
	uint64_t memory_bytes; /* address space; 0: no limit */
	uint64_t file_bytes;   /* size of a file it may write; 0: none */
};

/* Runs in the child; what it returns is the exit status.  Descriptors keep
 * their numbers; 0, 1 and 2 are /dev/null. */
typedef int child_function(int out, void *arg);

/* keep: nkeep descriptors that stay open in the child.  c is as CHILD_INIT
 * where this fails. */
int child_start(struct child *c, const struct child_limits *limits,
		const int *keep, size_t nkeep, child_function *run, void *arg,
		struct err *e);

/*
 * All that the child writes until it closes the pipe, at most max bytes and
 * seconds of the clock.  *ret_late: it took longer, or wrote more.  The
 * caller frees *ret_data, which may be NULL where nothing came.
 */
int child_read(struct child *c, unsigned int seconds, size_t max,
	       char **ret_data, size_t *ret_len, bool *ret_late, struct err *e);

/*
 * Waits for it, and kills it first where kill_it is set (it is late, or no
 * more is wanted of it).  Returns 0 where it ended by itself with status 0;
 * else 1, with how it ended in words in buf: "crashed (Segmentation fault)",
 * "did not come to an end", "broke off".
 */
int child_end(struct child *c, bool kill_it, char *buf, size_t size);

/*
 * As child_end, of a child that can have nothing more to say: it has died, or
 * what it wrote is nonsense.  It is told to end where it still runs, and that
 * reads as "broke off".
 */
int child_give_up(struct child *c, char *buf, size_t size);

#endif
