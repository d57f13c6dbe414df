/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one reader of files that strangers made: a file, standard input, or
 * whatever the caller can read from; compressed (gz, xz, zst, lz4, bz2, by
 * libarchive: archive_room.h) or not.  It is read once, front to back, in chunks.
 *
 * What is unpacked has a bound, so that a small file cannot fill a disk or
 * keep a processor for hours: INPUT_RATIO times what it was unpacked from
 * (from INPUT_RATIO_FREE bytes on), and INPUT_MAX; or what input_set_max
 * says.  Beyond it ERR_SIZE is returned; what was read before is good.
 */
#ifndef SUPPORT_INPUT_H
#define SUPPORT_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "support/err.h"

/* Somewhere to read from: bytes read, 0 at the end, -1 with errno set;
 * EBADMSG where it is damaged or truncated, EFBIG where it is larger than
 * the bound that it has itself. */
struct input_source {
	void *ctx;
	ssize_t (*read)(void *ctx, void *buf, size_t size);
};

#define INPUT_CHUNK ((size_t)128 * 1024) /* stays in the cache */
#define INPUT_HEAD ((size_t)64 * 1024)

/* Text of traces packs 8 to 40 times, symbols as much; runs of one byte a
 * thousand times (gz) and more. */
#define INPUT_RATIO 200
#define INPUT_RATIO_FREE ((uint64_t)256 << 20)
#define INPUT_MAX ((uint64_t)64 << 30)

struct archive_room;
struct unpacking;

struct input {
	const char *name;		 /* for messages; the caller's */
	struct input_source source;	 /* raw bytes */
	int fd;				 /* of our own, or -1 */
	bool plain_file;		 /* fd is a seekable file as it is */
	const struct archive_room *room; /* with unpacking */
	struct unpacking *unpacking;	 /* NULL: not compressed */
	char *buf, *raw; /* INPUT_CHUNK each; raw as it is packed */
	size_t raw_len;	 /* sniffed and not yet handed on */
	size_t held;	 /* bytes in buf that read has to give */
	bool raw_done;	 /* the sniffed bytes were handed on */
	int raw_errno;
	uint64_t packed, unpacked; /* bytes so far, where compressed */
	uint64_t max_bytes;	   /* of unpacked; 0: the usual bound */
};

/* path "-" is standard input.  path and its text stay the caller's. */
int input_open(struct input *in, const char *path, struct err *e);

/* From the caller's source; name is for messages. */
int input_open_source(struct input *in, const char *name,
		      struct input_source source, struct err *e);

/* From a descriptor, which is closed with the input, and on failure. */
int input_open_fd(struct input *in, const char *name, int fd, struct err *e);

/* Another bound of what is unpacked, in bytes, lower or higher: whoever names
 * a higher one vouches for the file, and no ratio counts.  0: the usual. */
void input_set_max(struct input *in, uint64_t max_bytes);

/* The first bytes, decompressed, at most INPUT_HEAD; valid until read. */
void input_head(const struct input *in, const char **ret, size_t *ret_len);

/*
 * The next chunk, valid until the next call; *ret_len 0 at the end.
 * ERR_FORMAT where compressed data, or an archive, is damaged or truncated,
 * ERR_SIZE beyond the bound: what was read before is good.
 */
int input_read(struct input *in, const char **ret, size_t *ret_len,
	       struct err *e);

/* As the read of a source that reads from this input must set errno. */
int input_errno(const struct err *e);

/* Fills e with ERR_SIZE: how much in unpacks to. */
int input_too_large(const struct input *in, struct err *e);

void input_close(struct input *in);

#endif
