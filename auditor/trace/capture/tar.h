/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The regular files of a tar, one after the other, read from an input
 * (which undoes the compression); and of the other archives that people
 * attach to reports, of which some must be read with seeks.
 */
#ifndef TRACE_CAPTURE_TAR_H
#define TRACE_CAPTURE_TAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/err.h"
#include "support/input.h"

struct capture_tar {
	struct input *input; /* the caller's */
	const struct archive_room *room;
	struct unpacking *unpacking; /* NULL: not open */
	int io_errno;	  /* of a read that failed below libarchive */
	struct err below; /* its words, and those of other failures there */
	size_t members;	  /* seen, of any type */
	bool encrypted;	  /* one of them was */
	/* Of another archive than a tar: */
	bool other;
	int fd;		   /* of a seekable file that holds it */
	uint64_t packed;   /* its size */
	uint64_t claimed;  /* what its members say they unpack to */
	uint64_t unpacked; /* what was read of them */
};

/* By the checksum of the first header: old tars have no other mark. */
bool capture_is_tar(const char *head, size_t len);

/* zip, 7z, rar, cab, cpio or lha, by its first bytes. */
bool capture_is_archive(const char *head, size_t len);

/* input and t must stay where they are until capture_tar_close. */
int capture_tar_open(struct capture_tar *t, struct input *input, struct err *e);

/* The same for what capture_is_archive knows. */
int capture_archive_open(struct capture_tar *t, struct input *input,
			 struct err *e);

/*
 * 1: the next regular file; *ret_base, the last part of its name, is valid
 * until the next call.  0: the end.  A sparse file says so in *ret_sparse
 * and is not to be read: holes of any size cost nothing to claim.  ERR_SIZE
 * where an archive claims to unpack to more than an input may.
 */
int capture_tar_next(struct capture_tar *t, const char **ret_base,
		     bool *ret_sparse, struct err *e);

/* What that file holds. */
struct input_source capture_tar_member(struct capture_tar *t);

void capture_tar_close(struct capture_tar *t);

#endif
