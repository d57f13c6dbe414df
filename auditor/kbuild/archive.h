/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The members of an ar archive, regular or thin, from a buffer.  libelf
 * knows no thin archives, and those are what Kbuild makes.
 *
 * Pure: no file is opened; a member is a name and a size.  Understands GNU's
 * long names ("//" and "/4652"), both symbol tables, BSD's "#1/20" and the
 * "/10:180" by which GNU ar refers into an archive inside a thin one.
 */
#ifndef KBUILD_ARCHIVE_H
#define KBUILD_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct archive_reader {
	const char *buf;
	size_t len, pos;
	bool thin;	   /* members are files of their own, only named here */
	const char *names; /* the table of long names; NULL before it */
	size_t names_len;
	const char *problem; /* why archive_next returned -1 */
};

struct archive_member {
	const char *name; /* inside the buffer, not terminated */
	size_t name_len;
	uint64_t size;
	bool nested; /* name is an archive of which this is one member */
};

/* The first 8 bytes tell. */
bool archive_is(const char *buf, size_t len);

/* false where buf does not start as an archive.  buf must outlive it. */
bool archive_start(struct archive_reader *r, const char *buf, size_t len);

/* 1: *ret is the next member; 0: that was the last; -1: the rest is damaged,
 * r->problem says how. */
int archive_next(struct archive_reader *r, struct archive_member *ret);

#endif
