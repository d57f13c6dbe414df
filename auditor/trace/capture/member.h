/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which file of a capture a name means, how large it may be, and its bytes.
 */
#ifndef TRACE_CAPTURE_MEMBER_H
#define TRACE_CAPTURE_MEMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "support/err.h"
#include "trace/capture/parts_of_capture.h"
#include "support/input.h"

enum capture_member {
	CAPTURE_KALLSYMS,
	CAPTURE_NOTES,
	CAPTURE_CMDLINE,
	CAPTURE_VERSION,
	CAPTURE_MODULES,
	CAPTURE_STATS,
	CAPTURE_SLABINFO,
	CAPTURE_SLABS,
	CAPTURE_VMALLOCINFO,
	CAPTURE_PAGE_SIZE,
	CAPTURE_TRACE,
	CAPTURE_DAT,
	CAPTURE_OTHER,
};

extern const char *const capture_words[CAPTURE_OTHER];
extern const size_t capture_limits[CAPTURE_OTHER]; /* bytes; 0: none */

/* base: a name's part after the last slash. */
enum capture_member capture_name(const char *base);

/*
 * All of a small member, decompressed, into memory that the caller frees.
 * ERR_SIZE: larger than its limit; ERR_FORMAT: damaged; ERR_IO, ERR_NOMEM.
 */
int capture_member_read(enum capture_member m, struct input_source source,
			struct capture_part *ret, struct err *e);

/* Why a member is the trace, better and better. */
enum capture_guess {
	CAPTURE_IS_NONE,
	CAPTURE_IS_TEXT,    /* of an attachment: the first text in it */
	CAPTURE_HAS_EVENTS, /* its first bytes hold an event */
	CAPTURE_IS_NAMED,   /* capture_name knows it */
};

/* What a member's first bytes say, whatever its name.  attachment: it is in
 * an archive that is no tar, which people make of a log or two. */
enum capture_guess capture_guess(const char *base, bool attachment,
				 const char *head, size_t len);

/* A member's name as a terminal may see it. */
void capture_printable(char *name);

#endif
