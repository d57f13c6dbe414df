/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Errors as values.  Rooms below the commands never print and never exit:
 * they fill a struct err and return its code; main.c speaks.
 *
 * A function that can fail returns 0 or a negative enum err_code, takes a
 * struct err * last (never NULL), and leaves its ret_ outputs untouched on
 * failure.  A message is lower case, says what went wrong first, quotes its
 * subject, and then what to do.
 */
#ifndef SUPPORT_ERR_H
#define SUPPORT_ERR_H

#include <stdarg.h>

/* The codes begin at 2, so that a bare -1 that leaks out of a library call is
 * no error of ours that was filled. */
enum err_code {
	ERR_NONE = 0,
	ERR_USAGE = 2, /* the caller's words are off: exit 2 */
	ERR_IO,	       /* the system refused: exit 3 */
	ERR_NOMEM,     /* out of memory: exit 3 */
	ERR_FORMAT, /* the input is not what it should be: skip it, or exit 3 */
	ERR_DB,	    /* the database refused: exit 3 */
	ERR_CHECK,  /* a budget is broken: exit 4 */
	ERR_SIZE,   /* larger than the bound that was set: exit 3 */
};

struct err {
	enum err_code code;
	char text[1024]; /* one line, no newline, no program name */
};

/* Fills *e and returns -code. */
int err_set(struct err *e, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* The one "out of memory". */
int err_nomem(struct err *e);

/* As err_set, with ": " and strerror(errno) appended. */
int err_set_errno(struct err *e, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Puts "prefix: " before the message that is there; returns -e->code. */
int err_prefix(struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* The exit code that an error ends the program with.  An error that nobody
 * filled is a fault of ours: 3, never 0. */
int err_exit_code(const struct err *e);

#endif
