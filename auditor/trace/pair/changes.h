/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every change of live malloc and cache memory, in the order of the log, to
 * be read again when the objects of the call sites are known:
 * the peaks of directories.  Kept in a temporary file beyond a buffer's
 * length, so that memory does not grow with the log.
 */
#ifndef TRACE_PAIR_CHANGES_H
#define TRACE_PAIR_CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/err.h"

#define CHANGES_BUFFER 65536 /* records: 768 KiB */

/* 12 bytes a change.  What does not fit is preceded by one of the upper
 * halves, whose what is CHANGE_WIDE. */
struct change_record {
	uint32_t what;	/* site << 2 | cache << 1 | freed */
	uint32_t bytes; /* allocated */
	uint32_t ticks; /* nanoseconds since the change before */
};
#define CHANGE_WIDE UINT32_MAX
#define CHANGE_SITES_MAX (UINT32_MAX >> 2)

/* All zeros: no change yet. */
struct changes {
	struct change_record *records; /* CHANGES_BUFFER of them */
	size_t count;		       /* in the buffer */
	uint64_t written;	       /* records in the file */
	uint64_t last_ns;
	bool has_file;
	int fd;	    /* of the file */
	int failed; /* an errno: it is not complete, and of no use */
};

void changes_release(struct changes *c);

/* For changes_put: room for two more. */
void changes_room(struct changes *c);

/* The buffer holds two records more than it says, for this. */
static inline void changes_put(struct changes *c, uint32_t site, bool cache,
			       bool freed, uint64_t bytes, uint64_t now_ns)
{
	uint64_t ticks = now_ns - c->last_ns;
	struct change_record *r;

	if (!c->records || c->count >= CHANGES_BUFFER)
		changes_room(c);
	if (c->failed)
		return;
	r = &c->records[c->count++];
	if ((bytes | ticks) >> 32) {
		*r++ = (struct change_record){
			CHANGE_WIDE,
			(uint32_t)(bytes >> 32),
			(uint32_t)(ticks >> 32),
		};
		c->count++;
	}
	*r = (struct change_record){
		site << 2 | (uint32_t)cache << 1 | (uint32_t)freed,
		(uint32_t)bytes,
		(uint32_t)ticks,
	};
	c->last_ns = now_ns;
}

/* The number that the last one put has. */
static inline uint64_t changes_last(const struct changes *c)
{
	return c->written + c->count - 1;
}

/* It was of another site. */
void changes_correct(struct changes *c, uint64_t number, uint32_t site,
		     bool cache);

/*
 * One part of the changes after the other; *ret_count 0: the end.  Records
 * stay valid until the next call.  Begin with a struct changes_reader of
 * zeros; errno codes, or 0.
 */
struct changes_reader {
	uint64_t at;
};
int changes_next(struct changes *c, struct changes_reader *r,
		 const struct change_record **ret, size_t *ret_count);

#endif
