/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ctrl-C (and SIGTERM, SIGHUP) as a flag that whoever works looks at, so that
 * a temporary file is removed and the end is told.  What blocks (a pipe that
 * nobody reads, a prompt) fails with EINTR.  A signal that was ignored when
 * the program began stays so; a second one ends the program as ever.
 */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

#include "support/err.h"

/* From now on.  The flag is the signal's number, 0 where none came. */
const volatile sig_atomic_t *interrupt_catch(void);

/* For r, which is negative: whatever failed because of a signal, *e says that.
 * Nothing was changed then. */
int interrupt_fail(int r, struct err *e);

/* Waits until the descriptor can be read, or has ended; false: a signal came,
 * before or meanwhile.  interrupt_catch comes first. */
bool interrupt_wait(int fd);

/* A Ctrl-C was answered; other signals stay: they mean the program. */
void interrupt_answered(void);

#endif
