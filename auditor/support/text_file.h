/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A small text file that somebody wrote by hand, as one string.
 */
#ifndef SUPPORT_TEXT_FILE_H
#define SUPPORT_TEXT_FILE_H

#include <stddef.h>

#include "support/err.h"

/*
 * The whole of path, "-" is standard input, with a NUL at its end; the caller
 * frees it.  Opening waits for no FIFO that nobody writes to.  ERR_IO where
 * it cannot be read, ERR_FORMAT where it has max bytes or more, or a NUL:
 * "'path' is not a WHAT".
 */
int text_file_read(const char *path, size_t max, const char *what, char **ret,
		   struct err *e);

#endif
