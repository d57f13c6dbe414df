/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The child process that reads a trace.dat: its state, and how it tells the
 * parent.  Where memory is out, or the parent gone, it exits.
 */
#ifndef TRACE_DAT_CHILD_H
#define TRACE_DAT_CHILD_H

#include "trace/dat/sending.h"

/*
 * The child: reads the trace in file descriptor fd, writes records to out,
 * and, where kallsyms_fd is not -1, the functions there.  Never returns.
 */
_Noreturn void dat_child(int fd, int out, int kallsyms_fd);

#endif
