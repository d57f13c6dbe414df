/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file that an option of import names, whole.
 */
#ifndef IMPORT_READ_FILE_H
#define IMPORT_READ_FILE_H

#include <stddef.h>

#include "support/err.h"
#include "trace/capture/parts_of_capture.h"

/* All of a file, or what comes out of a pipe, unpacked, with a NUL after
 * it; freed by the caller.  ERR_IO, ERR_SIZE, ERR_FORMAT, ERR_NOMEM. */
int import_read_file(const char *path, size_t max, struct capture_part *ret,
		     struct err *e);

#endif
