/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An input read whole, or copied to a file: with a bound, and room asked for.
 */
#ifndef SUPPORT_INPUT_COPY_H
#define SUPPORT_INPUT_COPY_H

#include "support/input.h"

/* All that is left, at most max bytes, else ERR_SIZE; with a NUL after its
 * end that does not count.  The caller frees *ret. */
int input_read_all(struct input *in, size_t max, char **ret, size_t *ret_len,
		   struct err *e);

/* All that is left, written to fd. */
int input_copy(struct input *in, int fd, struct err *e);

/*
 * A descriptor of a seekable file that holds all of the (decompressed)
 * input: the file itself, or a copy below $TMPDIR (else /tmp) that has no
 * name and so is gone with the process, whatever ends it.  The room for it is
 * asked for before each part is written: ERR_IO where there is too little.
 * The caller closes it.
 */
int input_seekable(struct input *in, int *ret_fd, struct err *e);

#endif
