/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shows a file with the program that the desktop has for it (xdg-open).
 */
#ifndef CLI_OPEN_FILE_H
#define CLI_OPEN_FILE_H

#include "support/err.h"

/* ERR_IO where there is no xdg-open, or it refuses. */
int open_file(const char *path, struct err *e);

#endif
