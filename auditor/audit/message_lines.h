/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source lines of messages in vmlinux, from its debug information: all of an
 * audit at once, in a child process (symbols/lines_batch.h).
 */
#ifndef AUDIT_MESSAGE_LINES_H
#define AUDIT_MESSAGE_LINES_H

#include "audit/messages.h"

/*
 * Fills file and line of findings that have none, of objects that wanted()
 * says; texts live in f's arena.  Where vmlinux has no debug information, or
 * none that can be read, they stay as they are.
 */
int message_lines(struct audit_input *in, const struct measured *m,
		  const struct laid_out *l, struct found_messages *f,
		  bool (*wanted)(const void *context, size_t object),
		  const void *context, struct err *e);

#endif
