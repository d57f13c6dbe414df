/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/remarks.h"

#include <stdio.h>
#include <string.h>

int remarks_vadd(struct remarks *r, struct err *e, const char *fmt, va_list ap)
{
	char text[REMARK_TEXT_MAX];
	const char *last = "there are more remarks than are listed";

	if (r->texts.count > REMARKS_MAX)
		return 0;
	vsnprintf(text, sizeof(text), fmt, ap);
	if (r->texts.count == REMARKS_MAX) {
		if (intern_find(&r->texts, text, strlen(text)) != INTERN_NONE)
			return 0;
		snprintf(text, sizeof(text), "%s", last);
	}
	if (intern_add(&r->texts, text, strlen(text)) == INTERN_NONE)
		return err_nomem(e);
	return 0;
}

int remarks_add(struct remarks *r, struct err *e, const char *fmt, ...)
{
	va_list ap;
	int rc;

	va_start(ap, fmt);
	rc = remarks_vadd(r, e, fmt, ap);
	va_end(ap);
	return rc;
}

void remarks_release(struct remarks *r)
{
	intern_release(&r->texts);
}
