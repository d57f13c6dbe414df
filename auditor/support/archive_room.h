/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What libarchive is asked: to undo a compression, and to list the members of
 * an archive.  It is a module of its own (kmemdb-archive.so), loaded where
 * something is packed: libarchive brings an XML parser, which brings Unicode's
 * tables.
 */
#ifndef SUPPORT_ARCHIVE_ROOM_H
#define SUPPORT_ARCHIVE_ROOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "support/err.h"

/* Somewhere to read packed bytes from: *ret_bytes are valid until the next
 * call; 0 at the end.  -1, with the reason in *ret_why, ends the reading. */
struct packed_source {
	void *ctx;
	ssize_t (*read)(void *ctx, const void **ret_bytes,
			const char **ret_why);
};

struct archive_member {
	const char *path; /* NULL where it is in no known encoding */
	bool regular;	  /* a file, and no link to another member */
	bool sparse;	  /* has holes, or says so */
	bool encrypted;	  /* and cannot be read */
	uint64_t bytes;	  /* what it says it has; 0 where it does not say */
};

struct unpacking;

struct archive_room {
	/*
	 * They always set *ret, which is to be closed: NULL where memory is
	 * out.  -1: why() says what is wrong.  The source must stay.
	 */
	/* One stream, packed as gz, xz, zst, lz4 or bz2. */
	int (*open_stream)(struct packed_source source, struct unpacking **ret);
	int (*open_tar)(struct packed_source source, struct unpacking **ret);
	/* zip, 7z, rar, cab, cpio, lha, from a descriptor that can seek. */
	int (*open_other)(int fd, struct unpacking **ret);

	/* 1: the next member, whose path is valid until the next call; 0: the
	 * end; -1.  Of a stream there is no need to ask. */
	int (*next)(struct unpacking *u, struct archive_member *ret);
	/* Bytes of the member, or of the stream; 0: its end; -1. */
	ssize_t (*read)(struct unpacking *u, void *buf, size_t size);
	/* Never NULL. */
	const char *(*why)(struct unpacking *u);
	const char *(*format)(struct unpacking *u);
	void (*close)(struct unpacking *u);
};

/* Loads the module.  ERR_IO where it is missing. */
int archive_room_load(const struct archive_room **ret, struct err *e);

#endif
