/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plain words about what was read, one line each, that the numbers must be
 * read with: collected where they are met, in the order met, for whoever
 * prints or stores them.  Equal ones are kept once, and there is an end to
 * them, so that a file that is odd a million times costs no more than one
 * that is odd a thousand times.
 *
 * All zeros is empty and ready; the texts live until remarks_release.
 */
#ifndef SUPPORT_REMARKS_H
#define SUPPORT_REMARKS_H

#include <stdarg.h>
#include <stddef.h>

#include "support/err.h"
#include "support/intern.h"

/* After so many different ones a last one says that there are more. */
#define REMARKS_MAX 1000
#define REMARK_TEXT_MAX 1024 /* bytes with the NUL; longer ones are cut */

struct remarks {
	struct intern texts;
};

/* 0 or -ERR_NOMEM. */
int remarks_add(struct remarks *r, struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
int remarks_vadd(struct remarks *r, struct err *e, const char *fmt, va_list ap)
	__attribute__((format(printf, 3, 0)));

static inline size_t remarks_count(const struct remarks *r)
{
	return r->texts.count;
}

/* i is less than remarks_count(). */
static inline const char *remarks_text(const struct remarks *r, size_t i)
{
	return r->texts.list[i].text;
}

/* The collection may be used again. */
void remarks_release(struct remarks *r);

#endif
