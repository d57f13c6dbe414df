/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What /proc/vmallocinfo and /proc/modules say, and the table that capture.sh
 * makes of /sys/kernel/slab.  Pure: from memory, nothing is trusted.  Lines that are
 * no row are counted in bad and left.
 */
#ifndef TRACE_CAPTURE_PROC_FILES_H
#define TRACE_CAPTURE_PROC_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No area is larger: what says so is damaged. */
#define VMALLOC_BYTES_MAX ((uint64_t)1 << 48)
#define VMALLOC_USE_MAX 64

/* A row of /proc/vmallocinfo; caller is inside the text. */
struct vmalloc_row {
	uint64_t bytes;	    /* of addresses, with the guard page */
	uint64_t pages;	    /* of memory that it holds; 0: of ioremap */
	const char *caller; /* `symbol+0xoff/0xsize[ [module]]`, or NULL */
	size_t caller_len;
	char use[VMALLOC_USE_MAX]; /* "vmalloc", "vmalloc user", "ioremap" */
};

struct vmallocinfo {
	const char *p, *end;
	uint64_t bad;
};
bool vmallocinfo_next(struct vmallocinfo *s, struct vmalloc_row *ret);

/* A cache that is one with others: those of its target.  Inside the text. */
struct slab_alias {
	const char *name, *target;
	size_t name_len, target_len;
};

struct slab_aliases {
	const char *p, *end;
	uint64_t bad;
};
bool slab_aliases_next(struct slab_aliases *s, struct slab_alias *ret);

/* A row of /proc/modules.  Name and state are inside the text. */
struct loaded_module {
	const char *name, *state; /* Live, Loading or Unloading */
	size_t name_len, state_len;
	uint64_t bytes; /* of all of its memory but per-CPU data */
};

struct loaded_modules {
	const char *p, *end;
	uint64_t bad;
};
bool loaded_modules_next(struct loaded_modules *s, struct loaded_module *ret);

#endif
