/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where a log comes from: a file, standard input, or whatever the caller can
 * read from; compressed (gz, xz, zst, lz4, bz2, by libarchive) or not.  It is
 * read once, front to back, in chunks.
 */
#ifndef SUPPORT_INPUT_H
#define SUPPORT_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "support/err.h"

/* Somewhere to read from: bytes read, 0 at the end, -1 with errno set;
 * EBADMSG where it is damaged or breaks off. */
struct input_source {
	void *ctx;
	ssize_t (*read)(void *ctx, void *buf, size_t size);
};

#define INPUT_CHUNK ((size_t)128 * 1024) /* stays in the cache */
#define INPUT_HEAD ((size_t)64 * 1024)

struct archive;

struct input {
	const char *name;	    /* for messages; the caller's */
	struct input_source source; /* raw bytes */
	int fd;			    /* of our own, or -1 */
	bool plain_file;	    /* fd is a seekable file as it is */
	struct archive *archive;    /* NULL: not compressed */
	char *buf, *raw;	    /* INPUT_CHUNK each; raw for archive */
	size_t raw_len;		    /* sniffed and not yet handed on */
	size_t held;		    /* bytes in buf that read has to give */
	bool raw_done;		    /* the sniffed bytes were handed on */
	int raw_errno;
};

/* path "-" is standard input.  path and its text stay the caller's. */
int input_open(struct input *in, const char *path, struct err *e);

/* From the caller's source; name is for messages. */
int input_open_source(struct input *in, const char *name,
		      struct input_source source, struct err *e);

/* The first bytes, decompressed, at most INPUT_HEAD; valid until read. */
void input_head(const struct input *in, const char **ret, size_t *ret_len);

/*
 * The next chunk, valid until the next call; *ret_len 0 at the end.
 * ERR_FORMAT where compressed data, or an archive, is damaged or breaks off:
 * what was read before is good.
 */
int input_read(struct input *in, const char **ret, size_t *ret_len,
	       struct err *e);

/*
 * A descriptor of a seekable file that holds all of the (decompressed)
 * input: the file itself, or an unnamed copy.  The caller closes it.
 */
int input_seekable(struct input *in, int *ret_fd, struct err *e);

void input_close(struct input *in);

#endif
