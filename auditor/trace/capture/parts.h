/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the small members of a capture say.  Pure: from memory, no file is
 * opened, nothing is trusted.
 */
#ifndef TRACE_CAPTURE_PARTS_H
#define TRACE_CAPTURE_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What /sys/kernel/notes says of the running kernel's build: the descriptor
 * of its GNU build-id note, inside p; of either byte order.  At most 32
 * bytes; longer ones are no build-id. */
#define CAPTURE_BUILD_ID_MAX 32
bool capture_build_id(const char *p, size_t len, const unsigned char **ret,
		      size_t *ret_len);

/* The release in /proc/version: `6.1.192` of "Linux version 6.1.192 (…";
 * inside p. */
bool capture_release(const char *p, size_t len, const char **ret,
		     size_t *ret_len);

/* per_cpu/cpuN/stats, one after the other: sums over the CPUs. */
struct capture_stats {
	uint64_t entries;
	uint64_t overrun;	 /* overwritten by newer events */
	uint64_t commit_overrun; /* lost to events nested too deep */
	uint64_t dropped;	 /* came when the buffer was full */
};
void capture_stats(const char *p, size_t len, struct capture_stats *ret);

/* A row of /proc/slabinfo; name is inside the text. */
struct capture_slab {
	const char *name;
	size_t name_len;
	uint64_t active_objects, objects, object_bytes;
	uint64_t objects_per_slab, pages_per_slab;
	uint64_t slabs; /* free ones too */
};

/*
 * Walks /proc/slabinfo, versions 1.x and 2.x:
 *
 *	struct slabinfo s = { p, p + len };
 *
 *	while (slabinfo_next(&s, &row))
 *		use(&row);
 *
 * Lines that are no row are counted in bad and left.
 */
struct slabinfo {
	const char *p, *end;
	bool old; /* 1.x: counts slabs where 2.x has objects a slab */
	uint64_t bad;
};
bool slabinfo_next(struct slabinfo *s, struct capture_slab *ret);

#endif
