/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files without a name: gone as soon as they are closed, however the process
 * ends.
 */
#ifndef SUPPORT_TEMP_FILE_H
#define SUPPORT_TEMP_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "support/err.h"

/* $TMPDIR, or /tmp. */
const char *temp_dir(void);

/* A descriptor to read and write, closed by a new program; or ERR_IO. */
int temp_file(const char *dir, struct err *e);

/* Is there room for so many bytes more, with something left to others?
 * *ret_free is what is free.  true where nobody knows. */
bool temp_file_has_room(int fd, uint64_t bytes, uint64_t *ret_free);

#endif
