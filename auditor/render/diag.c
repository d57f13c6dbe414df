/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/escape.h"

void diag(const char *fmt, ...)
{
	struct buffer safe = BUFFER_INIT;
	size_t fmt_len = strlen(fmt);
	char *text = NULL;
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (len < 0) {
		fputs("kmemdb: out of memory\n", stderr);
		return;
	}
	if (len && fmt[fmt_len - 1] == '\n') {
		text_for_terminal(&safe, text, (size_t)len - 1);
		buffer_char(&safe, '\n');
	} else {
		text_for_terminal(&safe, text, (size_t)len);
	}
	if (!safe.failed && safe.len)
		fwrite(safe.at, 1, safe.len, stderr);
	buffer_release(&safe);
	free(text);
}
